<?php
$dashletStrings['FunnelVisionDashlet'] = array(
    'LBL_TITLE' => 'FunnelVision-Dashboard',
    'LBL_DESCRIPTION' => 'Welche Ihrer Interessenten heiß sind, wer auf der Website war, und warum',
);
