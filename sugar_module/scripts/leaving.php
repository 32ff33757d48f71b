<?php
if (!defined('sugarEntry') || !sugarEntry) {
    return;
}

/**
 * Take away what is in the database; done twice, it does no harm.
 *
 * The two fields stay if the admin kept them. Our other files are gone by now, so this one needs
 * none of them.
 */
function funnelLeaves()
{
    $db = isset($GLOBALS['db']) ? $GLOBALS['db'] : DBManagerFactory::getInstance();
    $db->query("DELETE FROM config WHERE category = 'funnel'");
    if (function_exists('sugar_cache_clear')) {
        sugar_cache_clear('admin_settings_cache');
    }
    $db->query("DELETE FROM schedulers WHERE job = 'function::funnelSendChanges'");
    if ($db->tableExists('job_queue')) {
        $db->query("DELETE FROM job_queue WHERE target = 'function::funnelSendChanges'");
    }
    if ($db->tableExists('funnel_queue')) {
        $db->dropTableName('funnel_queue');
    }
    if (version_compare($GLOBALS['sugar_version'], '7', '<')) {
        require_once 'include/Dashlets/DashletCacheBuilder.php';
        $builder = new DashletCacheBuilder();
        $builder->buildCache();
    }
}
