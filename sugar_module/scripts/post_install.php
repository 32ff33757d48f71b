<?php
if (!defined('sugarEntry') || !sugarEntry) {
    return;
}

/** After installing, the first time and over an earlier version: settings stay as they are. */
function post_install()
{
    require_once 'custom/include/Funnel/FunnelQueue.php';
    $db = isset($GLOBALS['db']) ? $GLOBALS['db'] : DBManagerFactory::getInstance();
    FunnelQueue::install($db);
    if (version_compare($GLOBALS['sugar_version'], '6.3', '>=')) {
        funnelSchedule($db);
    }
    if (version_compare($GLOBALS['sugar_version'], '7', '<')) {
        // The list of dashlets is kept; without this the new one is not in it.
        require_once 'include/Dashlets/DashletCacheBuilder.php';
        $builder = new DashletCacheBuilder();
        $builder->buildCache();
    }
}

/** One entry of the scheduler, each minute. */
function funnelSchedule($db)
{
    $found = $db->query("SELECT id FROM schedulers WHERE job = 'function::funnelSendChanges' AND deleted = 0");
    if ($db->fetchByAssoc($found)) {
        return;
    }
    $entry = class_exists('BeanFactory') ? BeanFactory::newBean('Schedulers') : loadBean('Schedulers');
    $entry->name = 'Funnel: tell of changes';
    $entry->job = 'function::funnelSendChanges';
    $entry->date_time_start = '2005-01-01 00:00:00';
    $entry->job_interval = '*::*::*::*::*';
    $entry->status = 'Active';
    $entry->catch_up = '0';
    $entry->save();
}
