<?php
/* The global links of Sugar 6 and SuiteCRM. */
$global_control_links['funnel'] = array(
    'linkinfo' => array(
        'Open Funnel' => 'index.php?module=Home&action=FunnelOpen&to_pdf=1&sugar_body_only=1',
    ),
    'submenu' => '',
);
