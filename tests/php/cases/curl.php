<?php
/** A Sugar without an HTTP client of its own: what is asked of curl, which need not be here. */

$GLOBALS['curl'] = array('answer' => '{"accepted": 0}', 'status' => 202, 'options' => array());

if (!function_exists('curl_init')) {
    foreach (array('POST', 'POSTFIELDS', 'HTTPHEADER', 'RETURNTRANSFER', 'FOLLOWLOCATION', 'CONNECTTIMEOUT',
        'TIMEOUT', 'NOSIGNAL') as $name) {
        define('CURLOPT_' . $name, $name);
    }
    define('CURLINFO_HTTP_CODE', 'HTTP_CODE');

    function curl_init($address)
    {
        return $address;
    }

    function curl_setopt($curl, $option, $value)
    {
        $GLOBALS['curl']['options'][$option] = $value;
    }

    function curl_exec($curl)
    {
        return $GLOBALS['curl']['answer'];
    }

    function curl_getinfo($curl, $what)
    {
        return $GLOBALS['curl']['status'];
    }
}

function sent()
{
    installed();
    require_once 'custom/include/Funnel/FunnelPost.php';
    return FunnelPost::send('http://127.0.0.1:9/x', array('X-Funnel-Time' => '5', 'X-Funnel-Key' => 'k'), 'body', 2);
}

function test_curl_is_asked_to_wait_two_seconds_and_to_follow_nothing()
{
    same(array('status' => 202, 'body' => '{"accepted": 0}'), sent());
    $options = $GLOBALS['curl']['options'];
    same(array(2, 2, false, true), array($options[CURLOPT_TIMEOUT], $options[CURLOPT_CONNECTTIMEOUT],
        $options[CURLOPT_FOLLOWLOCATION], $options[CURLOPT_POST]));
    same('body', $options[CURLOPT_POSTFIELDS]);
    same(array('Expect:', 'X-Funnel-Time: 5', 'X-Funnel-Key: k'), $options[CURLOPT_HTTPHEADER]);
}

function test_no_answer_is_a_status_of_0()
{
    $GLOBALS['curl']['answer'] = false;
    $GLOBALS['curl']['status'] = 0;
    same(array('status' => 0, 'body' => ''), sent());
}
