<?php
/* What Module Loader reads. The builder puts version and day in. */
$manifest = array(
    'acceptable_sugar_versions' => array(
        'exact_matches' => array(),
        // SuiteCRM 7 reports 6.5. Sugar's versions after 14 are those of years, from 25.
        'regex_matches' => array('5\..*', '6\..*', '7\..*', '8\..*', '9\..*', '1[0-4]\..*', '2[5-9]\..*'),
    ),
    'acceptable_sugar_flavors' => array('OS', 'CE', 'PRO', 'CORP', 'ENT', 'ULT', 'SELL', 'SERVE'),
    'readme' => 'README.txt',
    'key' => 'funnel',
    'author' => 'Funnel',
    'description' => 'FunnelVision on Home, Leads and Contacts; lead scores; changes told to Funnel at once',
    'icon' => '',
    'is_uninstallable' => true,
    'name' => 'Funnel for Sugar',
    'published_date' => '@DATE@',
    'type' => 'module',
    'version' => '@VERSION@',
    'remove_tables' => 'prompt',
);

$funnelFields = array();
$funnelHooks = array();
foreach (array('Leads', 'Contacts') as $funnelModule) {
    $funnelFields[] = array(
        'name' => 'funnel_score_c',
        'label' => 'LBL_FUNNEL_SCORE',
        'type' => 'int',
        'module' => $funnelModule,
        'help' => 'Filled by Funnel',
        'comment' => 'Filled by Funnel',
        'max_size' => 11,
        'required' => 0,
        'inline_edit' => 0,
        'default_value' => '',
        'ext1' => '',
        'ext2' => '',
        'ext3' => '',
        'ext4' => '',
        'audited' => 0,
        'mass_update' => 0,
        'massupdate' => 0,
        'duplicate_merge' => 0,
        'reportable' => 1,
        'importable' => 'false',
    );
    $funnelFields[] = array(
        'name' => 'funnel_score_at_c',
        'label' => 'LBL_FUNNEL_SCORE_AT',
        'type' => 'datetimecombo',
        'module' => $funnelModule,
        'help' => 'Filled by Funnel',
        'comment' => 'Filled by Funnel',
        'max_size' => '',
        'required' => 0,
        'inline_edit' => 0,
        'default_value' => '',
        'ext1' => '',
        'ext2' => '',
        'ext3' => '',
        'ext4' => '',
        'audited' => 0,
        'mass_update' => 0,
        'massupdate' => 0,
        'duplicate_merge' => 0,
        'reportable' => 1,
        'importable' => 'false',
    );
    $funnelHooks[] = array(
        'module' => $funnelModule,
        'hook' => 'after_ui_frame',
        'order' => 90,
        'description' => 'Funnel: the panel of the record',
        'file' => 'custom/include/Funnel/FunnelRecordPanel.php',
        'class' => 'FunnelRecordPanel',
        'function' => 'show',
    );
}
$funnelEvents = array(
    'after_save' => 'saved',
    'after_delete' => 'deleted',
    'after_restore' => 'restored',
    'after_relationship_add' => 'linked',
    'after_relationship_delete' => 'unlinked',
);
foreach (array('Accounts', 'Contacts', 'Leads', 'Opportunities', 'Users') as $funnelModule) {
    foreach ($funnelEvents as $funnelEvent => $funnelFunction) {
        $funnelHooks[] = array(
            'module' => $funnelModule,
            'hook' => $funnelEvent,
            'order' => 90,
            'description' => 'Funnel: note the change (' . $funnelFunction . ')',
            'file' => 'custom/include/Funnel/FunnelHooks.php',
            'class' => 'FunnelHooks',
            'function' => $funnelFunction,
        );
    }
}

$funnelLanguages = array();
// Older German packs call their language "ge_ge".
foreach (array('en_us' => 'en_us', 'de_DE' => 'de_DE', 'ge_ge' => 'de_DE') as $funnelLanguage => $funnelFile) {
    $funnelTexts = array(
        'application' => 'application',
        'Administration' => 'administration',
        'Leads' => 'people',
        'Contacts' => 'people',
    );
    foreach ($funnelTexts as $funnelModule => $funnelText) {
        $funnelLanguages[] = array(
            'from' => '<basepath>/language/' . $funnelFile . '.' . $funnelText . '.php',
            'to_module' => $funnelModule,
            'language' => $funnelLanguage,
        );
    }
}

$installdefs = array(
    'id' => 'FunnelForSugar',
    // Folders, each with files of ours alone: Module Loader takes a folder away when it is empty.
    'copy' => array(
        array('from' => '<basepath>/custom/include/Funnel', 'to' => 'custom/include/Funnel'),
        array('from' => '<basepath>/custom/modules/Home', 'to' => 'custom/modules/Home'),
        array('from' => '<basepath>/custom/modules/Administration', 'to' => 'custom/modules/Administration'),
        array('from' => '<basepath>/custom/clients/base/api', 'to' => 'custom/clients/base/api'),
        array(
            'from' => '<basepath>/custom/clients/base/views/funnelvision',
            'to' => 'custom/clients/base/views/funnelvision',
        ),
        array(
            'from' => '<basepath>/custom/clients/base/views/funnelvision-record',
            'to' => 'custom/clients/base/views/funnelvision-record',
        ),
    ),
    'dashlets' => array(
        array('name' => 'FunnelVisionDashlet', 'from' => '<basepath>/dashlets/FunnelVisionDashlet'),
    ),
    'administration' => array(
        array('from' => '<basepath>/extensions/administration.php', 'name' => 'funnel'),
    ),
    'scheduledefs' => array(
        array('from' => '<basepath>/extensions/scheduler.php', 'name' => 'funnel'),
    ),
    'linkdefs' => array(
        array('from' => '<basepath>/extensions/links.php', 'name' => 'funnel'),
    ),
    'language' => $funnelLanguages,
    'custom_fields' => $funnelFields,
    'logic_hooks' => $funnelHooks,
    'post_uninstall' => array('<basepath>/scripts/uninstalled.php'),
);
