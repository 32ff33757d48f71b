<?php
/** Sends one request by Sugar's own client, the only way its package scanner lets through. */
class FunnelPost
{
    /**
     * @return array 'status' (0 without an answer) and 'body'
     */
    public static function send($address, $headers, $body, $seconds)
    {
        try {
            $client = new \Sugarcrm\Sugarcrm\Security\HttpClient\ExternalResourceClient($seconds, 0);
            $answer = $client->post($address, $body, $headers);
        } catch (Exception $problem) {
            return array('status' => 0, 'body' => '');
        } catch (Throwable $problem) {
            return array('status' => 0, 'body' => '');
        }
        return array('status' => (int) $answer->getStatusCode(), 'body' => (string) $answer->getBody());
    }
}
