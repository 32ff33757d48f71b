<?php
/** The package in Module Loader: installed, installed over an earlier one, uninstalled. */

function test_it_is_accepted_by_the_versions_it_is_for()
{
    $loader = new TestLoader($GLOBALS['package']);
    $isNew = strpos($GLOBALS['package'], '12.1') !== false;
    foreach (array('5.2.0', '5.5.1', '6.5.23', '6.5.25', '7.9.0', '10.0.0') as $version) {
        same(!$isNew, $loader->accepts($version), $version);
    }
    foreach (array('11.0.4', '12.1.0', '13.0.2', '14.2.0', '25.1.0') as $version) {
        yes($loader->accepts($version), $version);
    }
    yes(!$loader->accepts('4.5.1') && !$loader->accepts('15.5.0'), 'unknown ones');
}

function test_installing_brings_files_fields_hooks_queue_and_scheduler()
{
    $loader = installed();
    same(array('Leads.funnel_score_c' => 'int', 'Leads.funnel_score_at_c' => 'datetimecombo',
        'Contacts.funnel_score_c' => 'int', 'Contacts.funnel_score_at_c' => 'datetimecombo'), $loader->fields);
    same(2 + 5 * 5, count($loader->hooks));
    foreach ($loader->hooks as $hook) {
        require_once $hook['file'];
        yes(method_exists($hook['class'], $hook['function']), $hook['class'] . '::' . $hook['function']);
    }
    yes($GLOBALS['db']->tableExists('funnel_queue'), 'the queue');
    same(1, count($GLOBALS['db']->tables['schedulers']));
    same('function::funnelSendChanges', $GLOBALS['db']->tables['schedulers'][0]['job']);
    same(1, DashletCacheBuilder::$built);
    $mod_strings = array();
    include 'custom/Extension/modules/Leads/Ext/Language/en_us.FunnelForSugar.php';
    same('Lead Score', $mod_strings['LBL_FUNNEL_SCORE']);
}

/** What Sugar reads of ours in one language. */
function texts($place, $language)
{
    $app_strings = $mod_strings = array();
    include "custom/Extension/$place/Ext/Language/$language.FunnelForSugar.php";
    return $app_strings + $mod_strings;
}

function test_every_text_is_there_in_german_by_both_names_that_packs_have()
{
    installed();
    foreach (array('application', 'modules/Administration', 'modules/Leads', 'modules/Contacts') as $place) {
        $english = texts($place, 'en_us');
        $german = texts($place, 'de_DE');
        yes(count($english) > 0, $place);
        same(array_keys($english), array_keys($german));
        same($german, texts($place, 'ge_ge'));
        yes($english !== $german, $place);
        yes(!in_array('', array_map('trim', $german), true), 'none is empty');
    }
    foreach (array('en_us', 'de_DE') as $language) {
        $dashletStrings = array();
        include 'custom/modules/Home/Dashlets/FunnelVisionDashlet/FunnelVisionDashlet.' . $language . '.lang.php';
        $told[] = array_keys($dashletStrings['FunnelVisionDashlet']);
    }
    same($told[0], $told[1]);
}

function test_the_score_fields_are_filled_by_funnel_and_by_nobody_else()
{
    $loader = new TestLoader($GLOBALS['package']);
    $defs = $loader->defs();
    foreach ($defs['custom_fields'] as $field) {
        same('_c', substr($field['name'], -2), 'as the column is called');
        // Whatever is in "require_option" makes a field required, the word "optional" too.
        yes(!isset($field['require_option']) && !$field['required'], 'nobody has to fill it');
        yes(!$field['massupdate'] && !$field['inline_edit'] && $field['importable'] === 'false', 'or can in a list');
    }
}

function test_installing_over_an_earlier_version_keeps_settings_and_doubles_nothing()
{
    $loader = installed();
    entered();
    FunnelQueue::note('Leads', 'l1', 'saved', 'u1');
    $before = $GLOBALS['db']->tables;
    $files = filesUnder('custom');
    $loader->install();
    same($before, $GLOBALS['db']->tables);
    same($files, filesUnder('custom'));
    yes(FunnelSettings::connection() !== null, 'the connection');
}

function test_uninstalling_leaves_nothing_behind_but_the_fields_an_admin_kept()
{
    $earlier = array(false, true);
    foreach (array(array(true, 0), array(false, 4)) as $choice) {
        $loader = installed();
        if (array_pop($earlier)) {
            $loader->install();
        }
        entered();
        $GLOBALS['db']->tables['config'][] = array('category' => 'system', 'name' => 'name', 'value' => 'Mine');
        $GLOBALS['db']->tables['schedulers'][] = array('job' => 'function::another');
        $loader->uninstall($choice[0]);
        same(array(), filesUnder('custom'));
        yes(!is_dir('custom/include/Funnel') && !is_dir('custom/clients/base/views/funnelvision'), 'folders');
        same(array(), $loader->hooks);
        same($choice[1], count($loader->fields));
        yes(!$GLOBALS['db']->tableExists('funnel_queue'), 'the queue');
        same('system', $GLOBALS['db']->tables['config'][0]['category']);
        same(1, count($GLOBALS['db']->tables['config']));
        same(array(array('job' => 'function::another')), $GLOBALS['db']->tables['schedulers']);
        $GLOBALS['db']->tables = array('config' => array(), 'schedulers' => array());
        FunnelSettings::forget();
    }
}

function test_sugar_5_has_no_scheduler_of_that_kind_and_sugar_7_other_dashlets()
{
    foreach (array('5.5.1' => array(0, 1), '13.0.2' => array(1, 0)) as $version => $wanted) {
        $GLOBALS['sugar_version'] = $version;
        $GLOBALS['db'] = new TestDatabase();
        if (class_exists('DashletCacheBuilder', false)) {
            DashletCacheBuilder::$built = 0;
        }
        $loader = new TestLoader($GLOBALS['package']);
        $loader->install();
        $built = class_exists('DashletCacheBuilder', false) ? DashletCacheBuilder::$built : 0;
        same($wanted, array(count($GLOBALS['db']->tables['schedulers']), $built), $version);
        $loader->uninstall(false);
    }
}

function test_a_sugar_that_looks_for_the_script_by_its_name_is_served_as_well()
{
    installed();
    entered();
    include $GLOBALS['package'] . '/scripts/post_uninstall.php';
    post_uninstall();
    post_uninstall();
    same(array(), $GLOBALS['db']->tables['config']);
    yes(!$GLOBALS['db']->tableExists('funnel_queue'), 'the queue');
}

function test_every_text_that_is_asked_for_is_there()
{
    installed();
    $missing = array();
    foreach (array_merge(filesUnder($GLOBALS['package'] . '/custom'), filesUnder($GLOBALS['package'] . '/extensions')) as $path) {
        preg_match_all('/LBL_FUNNEL_[A-Z_]+/', file_get_contents($path), $found);
        foreach ($found[0] as $label) {
            if (!isset($GLOBALS['app_strings'][$label])) {
                $missing[] = $label;
            }
        }
    }
    same(array(), $missing);
}
