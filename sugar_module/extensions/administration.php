<?php
/* A section of Sugar's Admin page. */
$funnelOptions = array();
$funnelOptions['Administration']['funnel'] = array(
    'Administration',
    'LBL_FUNNEL_SETTINGS',
    'LBL_FUNNEL_DESC',
    './index.php?module=Administration&action=FunnelSettings',
);
$admin_group_header[] = array('LBL_FUNNEL_TITLE', '', false, $funnelOptions, 'LBL_FUNNEL_DESC');
