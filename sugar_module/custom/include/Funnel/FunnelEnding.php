<?php
require_once 'custom/include/Funnel/FunnelQueue.php';

/**
 * Sends what waits when the request has ended and its answer is out.
 *
 * Only where PHP can give the answer away first (PHP-FPM, LiteSpeed); elsewhere the person who saved
 * would wait for us, so the scheduler and the next look at a panel send it.
 */
class FunnelEnding
{
    private static $ours = null;
    private $held = array();

    /** Send at the end of this request. */
    public static function wanted()
    {
        if (self::$ours === null && self::isPossible()) {
            self::$ours = new FunnelEnding();
        }
    }

    /** Hold what Sugar keeps in global variables: PHP takes those away before it comes to us. */
    public function __construct()
    {
        foreach ($GLOBALS as $value) {
            if (is_object($value)) {
                $this->held[] = $value;
            }
        }
    }

    public function __destruct()
    {
        try {
            if (session_id() !== '') {
                session_write_close();
            }
            if (function_exists('fastcgi_finish_request')) {
                fastcgi_finish_request();
            } else {
                litespeed_finish_request();
            }
            FunnelQueue::send();
        } catch (Exception $problem) {
            // The rows stay; the scheduler sends them.
            return;
        } catch (Throwable $problem) {
            return;
        }
    }

    private static function isPossible()
    {
        return function_exists('fastcgi_finish_request') || function_exists('litespeed_finish_request');
    }
}
