<?php
if (!defined('sugarEntry') || !sugarEntry) {
    return;
}

/**
 * After uninstalling: nothing of ours is left but the two fields, if the admin kept them.
 *
 * Our other files are gone by now, so this one needs none of them.
 */
function post_uninstall()
{
    $db = isset($GLOBALS['db']) ? $GLOBALS['db'] : DBManagerFactory::getInstance();
    $db->query("DELETE FROM config WHERE category = 'funnel'");
    if (function_exists('sugar_cache_clear')) {
        sugar_cache_clear('admin_settings_cache');
    }
    $db->query("DELETE FROM schedulers WHERE job = 'function::funnelSendChanges'");
    if ($db->tableExists('funnel_queue')) {
        $db->dropTableName('funnel_queue');
    }
    if (version_compare($GLOBALS['sugar_version'], '7', '<')) {
        require_once 'include/Dashlets/DashletCacheBuilder.php';
        $builder = new DashletCacheBuilder();
        $builder->buildCache();
    }
}
