<?php
/** The way into Funnel's own pages: a form with a token that works once, sent by itself. */
if (!defined('sugarEntry') || !sugarEntry) {
    return;
}
require_once 'custom/include/Funnel/FunnelFrame.php';
require_once 'custom/include/Funnel/FunnelMint.php';

header('Cache-Control: no-store');
header('Referrer-Policy: origin');

$funnelConnection = FunnelSettings::connection();
$funnelToken = FunnelMint::signIn($GLOBALS['current_user']);
if ($funnelConnection === null || $funnelToken === null) {
    echo '<p>' . FunnelFrame::safe(FunnelFrame::text('LBL_FUNNEL_NOT_SET')) . '</p>';
    return;
}
echo '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Funnel</title></head><body>'
    . '<form id="funnel" method="post" action="' . FunnelFrame::safe($funnelConnection->place('vision', '/open')) . '">'
    . '<input type="hidden" name="token" value="' . FunnelFrame::safe($funnelToken) . '">'
    . '<input type="submit" value="' . FunnelFrame::safe(FunnelFrame::text('LBL_FUNNEL_OPEN')) . '">'
    . '</form><script type="text/javascript">document.getElementById("funnel").submit();</script></body></html>';
