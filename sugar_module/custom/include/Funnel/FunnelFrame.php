<?php
require_once 'custom/include/Funnel/FunnelSettings.php';

/** The frames of Sugar 5, 6 and SuiteCRM as HTML. What is personal comes into them later. */
class FunnelFrame
{
    const TOKEN = 'index.php?module=Home&action=FunnelToken&to_pdf=1&sugar_body_only=1';

    /** The dashlet's frame. */
    public static function panels($connection)
    {
        $address = $connection->place('vision');
        return self::frame($connection, $address, self::TOKEN, self::text('LBL_FUNNEL_DASHLET'), 640)
            . self::way();
    }

    /** The frame of one record. */
    public static function record($connection, $module, $id)
    {
        $token = self::TOKEN . '&funnel_module=' . rawurlencode($module) . '&funnel_record=' . rawurlencode($id);
        $title = self::text('LBL_FUNNEL_RECORD');
        $frame = self::frame($connection, $connection->place('vision', '/record'), $token, $title, 320);
        return '<div class="funnel-record"><h4>' . self::safe($title) . '</h4>' . $frame . '</div>';
    }

    /** A text of ours in the user's language. */
    public static function text($label)
    {
        global $app_strings;
        return isset($app_strings[$label]) ? $app_strings[$label] : $label;
    }

    /** Text as HTML. */
    public static function safe($text)
    {
        return htmlspecialchars((string) $text, ENT_QUOTES, 'UTF-8');
    }

    /** The script finds frames by their class, and sets their address once it can hear them. */
    private static function frame($connection, $address, $token, $title, $height)
    {
        $address .= '?lang=' . rawurlencode(self::language());
        return '<iframe class="funnel-frame" title="' . self::safe($title) . '"'
            . ' data-address="' . self::safe($address) . '"'
            . ' data-origin="' . self::safe($connection->origin()) . '"'
            . ' data-token="' . self::safe($token) . '"'
            . ' data-loading="' . self::safe(self::text('LBL_FUNNEL_LOADING')) . '"'
            . ' data-late="' . self::safe(self::text('LBL_FUNNEL_LATE')) . '"'
            . ' data-again="' . self::safe(self::text('LBL_FUNNEL_TRY_AGAIN')) . '"'
            . ' style="width:100%;border:0;height:' . (int) $height . 'px"></iframe>'
            . '<script type="text/javascript" src="custom/include/Funnel/frame.js?v=@VERSION@"></script>';
    }

    /** What the user reads in, as Sugar writes it: "de_DE"; older German packs say "ge_ge". */
    private static function language()
    {
        $found = isset($GLOBALS['current_language']) ? (string) $GLOBALS['current_language'] : '';
        return strncasecmp($found, 'ge_', 3) === 0 ? 'de' : $found;
    }

    /** The way into Funnel's own pages. */
    private static function way()
    {
        return '<form method="post" target="_blank" action="index.php?module=Home&amp;action=FunnelOpen'
            . '&amp;to_pdf=1&amp;sugar_body_only=1" style="text-align:right;margin:4px">'
            . '<input type="submit" class="button" value="' . self::safe(self::text('LBL_FUNNEL_OPEN')) . '"></form>';
    }
}
