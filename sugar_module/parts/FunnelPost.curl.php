<?php
/** Sends one request, by what this Sugar allows: its own client (Sugar 12.1 and later), else curl. */
class FunnelPost
{
    const OWN = 'Sugarcrm\\Sugarcrm\\Security\\HttpClient\\ExternalResourceClient';

    /**
     * @return array 'status' (0 without an answer) and 'body'
     */
    public static function send($address, $headers, $body, $seconds)
    {
        if (class_exists(self::OWN)) {
            return self::byOwn($address, $headers, $body, $seconds);
        }
        return function_exists('curl_init') ? self::byCurl($address, $headers, $body, $seconds) : self::none();
    }

    private static function byOwn($address, $headers, $body, $seconds)
    {
        try {
            $client = new \Sugarcrm\Sugarcrm\Security\HttpClient\ExternalResourceClient($seconds, 0);
            $answer = $client->post($address, $body, $headers);
        } catch (Exception $problem) {
            return self::none();
        } catch (Throwable $problem) {
            return self::none();
        }
        return array('status' => (int) $answer->getStatusCode(), 'body' => (string) $answer->getBody());
    }

    private static function byCurl($address, $headers, $body, $seconds)
    {
        $lines = array('Expect:');
        foreach ($headers as $name => $value) {
            $lines[] = $name . ': ' . $value;
        }
        $curl = curl_init($address);
        curl_setopt($curl, CURLOPT_POST, true);
        curl_setopt($curl, CURLOPT_POSTFIELDS, $body);
        curl_setopt($curl, CURLOPT_HTTPHEADER, $lines);
        curl_setopt($curl, CURLOPT_RETURNTRANSFER, true);
        curl_setopt($curl, CURLOPT_FOLLOWLOCATION, false);
        curl_setopt($curl, CURLOPT_CONNECTTIMEOUT, (int) $seconds);
        curl_setopt($curl, CURLOPT_TIMEOUT, (int) $seconds);
        curl_setopt($curl, CURLOPT_NOSIGNAL, true);
        $answer = curl_exec($curl);
        $status = (int) curl_getinfo($curl, CURLINFO_HTTP_CODE);
        if ($answer === false) {
            return self::none();
        }
        return array('status' => $status, 'body' => (string) $answer);
    }

    private static function none()
    {
        return array('status' => 0, 'body' => '');
    }
}
