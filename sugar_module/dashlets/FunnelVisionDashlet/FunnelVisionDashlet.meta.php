<?php
if (!defined('sugarEntry') || !sugarEntry) {
    return;
}
$dashletMeta['FunnelVisionDashlet'] = array(
    'title' => 'LBL_TITLE',
    'description' => 'LBL_DESCRIPTION',
    'icon' => 'icon_Leads_32.gif',
    'category' => 'Tools',
);
