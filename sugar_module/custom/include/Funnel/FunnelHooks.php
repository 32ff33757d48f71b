<?php
require_once 'custom/include/Funnel/FunnelQueue.php';
require_once 'custom/include/Funnel/FunnelEnding.php';

/** Sugar's logic hooks: they note what changed. Nothing here can stop or delay a save. */
class FunnelHooks
{
    public function saved($bean, $event, $arguments = null)
    {
        $this->note($bean, empty($bean->deleted) ? 'saved' : 'deleted');
    }

    public function deleted($bean, $event, $arguments = null)
    {
        $this->note($bean, 'deleted', self::named($arguments));
    }

    public function restored($bean, $event, $arguments = null)
    {
        $this->note($bean, 'restored', self::named($arguments));
    }

    public function linked($bean, $event, $arguments = null)
    {
        $this->note($bean, 'linked');
    }

    public function unlinked($bean, $event, $arguments = null)
    {
        $this->note($bean, 'unlinked');
    }

    /** The id that Sugar gives beside a bean it has not filled. */
    private static function named($arguments)
    {
        return isset($arguments['id']) && is_string($arguments['id']) ? $arguments['id'] : '';
    }

    private function note($bean, $happened, $id = '')
    {
        try {
            $by = isset($GLOBALS['current_user']->id) ? (string) $GLOBALS['current_user']->id : '';
            if (FunnelSettings::connection() === null || $this->isFunnel($by)) {
                return;
            }
            $id = $id === '' && isset($bean->id) ? $bean->id : $id;
            $module = isset($bean->module_dir) ? $bean->module_dir : '';
            if ($module !== '' && !empty($id)) {
                FunnelQueue::note($module, $id, $happened, $by);
                FunnelEnding::wanted();
            }
        } catch (Exception $problem) {
            self::failed($problem);
        } catch (Throwable $problem) {
            // What PHP 7 and later throw besides.
            self::failed($problem);
        }
    }

    private static function failed($problem)
    {
        $GLOBALS['log']->error('Funnel could not note a change: ' . $problem->getMessage());
    }

    /** Whether the user is the one Funnel itself signs in as. */
    private function isFunnel($by)
    {
        return $by !== '' && $by === FunnelSettings::kept('own_user');
    }
}
