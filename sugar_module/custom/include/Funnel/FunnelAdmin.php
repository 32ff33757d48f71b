<?php
require_once 'custom/include/Funnel/FunnelFrame.php';
require_once 'custom/include/Funnel/FunnelQueue.php';

/** The admin page: address and key are entered, tried, and taken away. The key is never shown. */
class FunnelAdmin
{
    /** The page for what was asked: HTML. */
    public static function page($method, $posted)
    {
        $told = '';
        if ($method === 'POST') {
            $told = self::isOurs($posted) ? self::act($posted) : self::bad('LBL_FUNNEL_AGAIN');
        }
        return self::form($told);
    }

    private static function act($posted)
    {
        if (!empty($posted['funnel_forget'])) {
            foreach (array('address', 'key', 'own_user', 'quiet_until') as $name) {
                FunnelSettings::keep($name, '');
            }
            return self::good('LBL_FUNNEL_FORGOTTEN');
        }
        $address = isset($posted['funnel_address']) ? trim($posted['funnel_address']) : '';
        $key = isset($posted['funnel_key']) ? trim($posted['funnel_key']) : '';
        $key = $key === '' ? FunnelSettings::kept('key') : $key;
        $connection = FunnelConnection::entered($address, $key);
        if ($connection === null) {
            return self::bad('LBL_FUNNEL_BAD_FORM');
        }
        FunnelSettings::keep('address', $address);
        FunnelSettings::keep('key', $key);
        return self::tried(FunnelQueue::test($connection));
    }

    /** What the answer to a webhook that names nothing says about address, key and clock. */
    private static function tried($status)
    {
        if ($status === 202) {
            return self::good('LBL_FUNNEL_WORKS');
        }
        $labels = array(0 => 'LBL_FUNNEL_AWAY', 401 => 'LBL_FUNNEL_REFUSED', 404 => 'LBL_FUNNEL_NOT_THERE');
        $label = isset($labels[$status]) ? $labels[$status] : 'LBL_FUNNEL_FAILED';
        return self::bad($label, $status ? ' (' . (int) $status . ')' : '');
    }

    private static function form($told)
    {
        $isSet = FunnelSettings::kept('key') !== '';
        $forget = '';
        if ($isSet) {
            $forget = '<input type="submit" class="button" name="funnel_forget" value="'
                . self::safe('LBL_FUNNEL_FORGET') . '">';
        }
        return '<h2>' . self::safe('LBL_FUNNEL_TITLE') . '</h2><p>' . self::safe('LBL_FUNNEL_INTRO') . '</p>' . $told
            . '<form method="post" action="index.php?module=Administration&amp;action=FunnelSettings" autocomplete="off">'
            . '<input type="hidden" name="module" value="Administration">'
            . '<input type="hidden" name="action" value="FunnelSettings">'
            . '<input type="hidden" name="funnel_form" value="' . FunnelFrame::safe(self::formToken()) . '">'
            . self::sugarToken()
            . '<p><label for="funnel_address">' . self::safe('LBL_FUNNEL_ADDRESS') . '</label><br>'
            . '<input type="text" size="90" id="funnel_address" name="funnel_address" value="'
            . FunnelFrame::safe(FunnelSettings::kept('address')) . '"></p>'
            . '<p><label for="funnel_key">' . self::safe('LBL_FUNNEL_KEY') . '</label><br>'
            . '<input type="password" size="90" id="funnel_key" name="funnel_key" value="" autocomplete="new-password"></p>'
            . '<p>' . self::safe($isSet ? 'LBL_FUNNEL_KEY_KEPT' : 'LBL_FUNNEL_KEY_WANTED') . '</p>'
            . '<p><input type="submit" class="button primary" name="funnel_save" value="'
            . self::safe('LBL_FUNNEL_SAVE') . '"> ' . $forget . '</p></form>';
    }

    /** Whether a form was sent from this page, by who sees it. */
    private static function isOurs($posted)
    {
        $sent = isset($posted['funnel_form']) ? $posted['funnel_form'] : '';
        return is_string($sent) && $sent !== '' && FunnelConnection::same(self::formToken(), $sent);
    }

    private static function formToken()
    {
        if (empty($_SESSION['funnel_form'])) {
            $_SESSION['funnel_form'] = FunnelConnection::once();
        }
        return $_SESSION['funnel_form'];
    }

    /** The field that Sugar 7 and later wants in every form of an old page. */
    private static function sugarToken()
    {
        if (!class_exists('Sugarcrm\\Sugarcrm\\Security\\Csrf\\CsrfAuthenticator')) {
            return '';
        }
        $token = \Sugarcrm\Sugarcrm\Security\Csrf\CsrfAuthenticator::getInstance()->getFormToken();
        return '<input type="hidden" name="csrf_token" value="' . FunnelFrame::safe($token) . '">';
    }

    private static function good($label)
    {
        return '<p style="color:#1b6e3a" role="status">' . self::safe($label) . '</p>';
    }

    private static function bad($label, $more = '')
    {
        return '<p style="color:#b3261e" role="alert">' . self::safe($label) . FunnelFrame::safe($more) . '</p>';
    }

    private static function safe($label)
    {
        return FunnelFrame::safe(FunnelFrame::text($label));
    }
}
