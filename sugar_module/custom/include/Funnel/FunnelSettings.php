<?php
require_once 'custom/include/Funnel/FunnelConnection.php';

/** What Sugar keeps for Funnel, in its own table of settings under the category "funnel". */
class FunnelSettings
{
    private static $kept = null;

    /** Forget what was read in this request. */
    public static function forget()
    {
        self::$kept = null;
    }

    /** A setting, '' where there is none. */
    public static function kept($name)
    {
        if (self::$kept === null) {
            $admin = self::administration();
            $admin->retrieveSettings('funnel');
            self::$kept = $admin->settings;
        }
        return isset(self::$kept['funnel_' . $name]) ? (string) self::$kept['funnel_' . $name] : '';
    }

    /** Keep a setting. */
    public static function keep($name, $value)
    {
        self::administration()->saveSetting('funnel', $name, (string) $value);
        self::$kept = null;
    }

    /** The connection, null until address and key are entered. */
    public static function connection()
    {
        return FunnelConnection::entered(self::kept('address'), self::kept('key'));
    }

    private static function administration()
    {
        if (!class_exists('Administration')) {
            require_once 'modules/Administration/Administration.php';
        }
        return new Administration();
    }
}
