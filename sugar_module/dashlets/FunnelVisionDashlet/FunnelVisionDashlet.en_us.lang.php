<?php
$dashletStrings['FunnelVisionDashlet'] = array(
    'LBL_TITLE' => 'FunnelVision Dashboard',
    'LBL_DESCRIPTION' => 'Who is hot among your prospects, who was on the site, and why',
    'LBL_NOT_SET' => 'Funnel is not set up yet. An administrator enters its address and key under Admin, Funnel.',
);
