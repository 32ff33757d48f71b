<?php
$dashletStrings['FunnelVisionDashlet'] = array(
    'LBL_TITLE' => 'FunnelVision Dashboard',
    'LBL_DESCRIPTION' => 'Who is hot among your prospects, who was on the site, and why',
);
