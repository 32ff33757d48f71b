<?php
require_once 'custom/include/Funnel/FunnelSettings.php';

/** Tokens for the user of this session, and for no other. */
class FunnelMint
{
    const PANELS_SECONDS = 600;
    const SIGN_IN_SECONDS = 120;

    private static $modules = array('Leads', 'Contacts');

    /** A token for the dashlet. */
    public static function panels($user)
    {
        return self::token($user, FunnelConnection::PANELS, self::PANELS_SECONDS, null);
    }

    /** A token for the panel of one record, which the caller must be allowed to see. */
    public static function record($user, $module, $id)
    {
        $record = array('module' => $module, 'id' => $id);
        return self::token($user, FunnelConnection::RECORD, self::PANELS_SECONDS, $record);
    }

    /** A token that signs in once. */
    public static function signIn($user)
    {
        return self::token($user, FunnelConnection::SIGN_IN, self::SIGN_IN_SECONDS, null);
    }

    /** Whether there is a panel for records of this module. */
    public static function knows($module)
    {
        return in_array($module, self::$modules, true);
    }

    /** Whether Sugar lets this session's user see a record: its own check, as its pages make it. */
    public static function maySee($module, $id)
    {
        if (!self::knows($module) || !is_string($id) || $id === '') {
            return false;
        }
        $bean = class_exists('BeanFactory') ? BeanFactory::newBean($module) : loadBean($module);
        if (!$bean || !$bean->retrieve($id) || $bean->id !== $id || !empty($bean->deleted)) {
            return false;
        }
        return (bool) $bean->ACLAccess('DetailView');
    }

    /** Whether somebody who works here looks: customers in a portal share one User of Sugar's. */
    private static function isColleague($user)
    {
        foreach (array('portal_only', 'is_group') as $flag) {
            if (!empty($user->$flag) && !in_array($user->$flag, array('off', 'false'), true)) {
                return false;
            }
        }
        $type = isset($_SESSION['type']) ? $_SESSION['type'] : '';
        return $type !== 'support_portal' && empty($_SESSION['contact_id']);
    }

    private static function token($user, $audience, $seconds, $record)
    {
        $connection = FunnelSettings::connection();
        if ($connection === null || empty($user->id) || !self::isColleague($user)) {
            return null;
        }
        $id = FunnelConnection::once();
        return $connection->token($user->id, $audience, time(), $seconds, $id, $record);
    }
}
