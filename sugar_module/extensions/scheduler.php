<?php
/* What the scheduler can run: tell Funnel of changes that still wait. */
$job_strings[] = 'funnelSendChanges';

function funnelSendChanges()
{
    require_once 'custom/include/Funnel/FunnelQueue.php';
    FunnelQueue::send();
    return true;
}
