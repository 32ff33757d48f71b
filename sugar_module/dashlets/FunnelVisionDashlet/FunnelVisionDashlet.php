<?php
if (!defined('sugarEntry') || !sugarEntry) {
    return;
}
require_once 'include/Dashlets/Dashlet.php';
require_once 'custom/include/Funnel/FunnelFrame.php';

/** Home of Sugar 5, 6 and SuiteCRM: the frame with the panels. */
class FunnelVisionDashlet extends Dashlet
{
    public function __construct($id, $options = null)
    {
        parent::__construct($id);
        $this->loadLanguage('FunnelVisionDashlet', 'custom/modules/Home/Dashlets/');
        $this->title = FunnelFrame::text('LBL_FUNNEL_DASHLET');
        $this->isConfigurable = false;
        $this->isRefreshable = true;
        $this->hasScript = false;
    }

    public function display()
    {
        $connection = FunnelSettings::connection();
        if ($connection === null) {
            return parent::display() . '<p>' . FunnelFrame::safe(FunnelFrame::text('LBL_FUNNEL_NOT_SET')) . '</p>';
        }
        return parent::display() . FunnelFrame::panels($connection);
    }
}
