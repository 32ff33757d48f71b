<?php
namespace Sugarcrm\Sugarcrm\Security\HttpClient;

/** Sugar's own HTTP client, as its documentation has it: what is sent is kept. */
class ExternalResourceClient
{
    public static $sent = array();
    public static $status = 202;
    /** What it refuses to read: bodies with this in them. */
    public static $unread = null;
    public static $body = '{"accepted": 0, "user_id": "integration"}';

    private $seconds;

    public function __construct($seconds = 10, $redirects = 3)
    {
        $this->seconds = $seconds;
        same(0, $redirects, 'redirects are not followed:');
    }

    public function post($address, $body, $headers = array())
    {
        yes($this->seconds <= 2, 'it waits for two seconds at most');
        if (self::$status === 0) {
            throw new \Exception('no answer');
        }
        if (defined('SENT_FILE')) {
            file_put_contents(SENT_FILE, $body);
        }
        self::$sent[] = array('address' => $address, 'body' => $body, 'headers' => $headers);
        return $this;
    }

    public function getStatusCode()
    {
        $last = end(self::$sent);
        $is_unread = self::$unread !== null && strpos($last['body'], self::$unread) !== false;
        return $last['body'] === '' || $is_unread ? 400 : self::$status;
    }

    public function getBody()
    {
        return self::$body;
    }
}

function same($wanted, $found, $why = '')
{
    \same($wanted, $found, $why);
}

function yes($is, $why)
{
    \yes($is, $why);
}
