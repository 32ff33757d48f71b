<?php
if (!defined('sugarEntry') || !sugarEntry) {
    return;
}
require_once 'custom/include/Funnel/FunnelMint.php';
require_once 'custom/include/Funnel/FunnelEnding.php';

/** Sugar 7 and later: tokens for the user of the session, by REST. */
class FunnelApi extends SugarApi
{
    public function registerApiRest()
    {
        $shared = array('reqType' => 'POST', 'noLoginRequired' => false);
        return array(
            'funnelPanels' => $shared + array(
                'path' => array('funnel', 'token'),
                'pathVars' => array('', ''),
                'method' => 'panels',
                'shortHelp' => 'A token for the FunnelVision dashlet',
                'longHelp' => '',
            ),
            'funnelRecord' => $shared + array(
                'path' => array('funnel', 'token', '?', '?'),
                'pathVars' => array('', '', 'module', 'record'),
                'method' => 'record',
                'shortHelp' => 'A token for the panel of a record that the user may see',
                'longHelp' => '',
            ),
            'funnelSignIn' => $shared + array(
                'path' => array('funnel', 'sign-in'),
                'pathVars' => array('', ''),
                'method' => 'signIn',
                'shortHelp' => 'A token that signs in to Funnel once',
                'longHelp' => '',
            ),
        );
    }

    public function panels(ServiceBase $api, array $args)
    {
        $this->refusePortal($api);
        return $this->told(FunnelMint::panels($this->user()), '');
    }

    public function record(ServiceBase $api, array $args)
    {
        $this->refusePortal($api);
        if (!FunnelMint::knows($args['module'])) {
            throw new SugarApiExceptionNotFound('There is no panel for this module.');
        }
        // Refuses what the user may not see.
        $bean = $this->loadBean($api, $args, 'view');
        return $this->told(FunnelMint::record($this->user(), $args['module'], $bean->id), '/record');
    }

    public function signIn(ServiceBase $api, array $args)
    {
        $this->refusePortal($api);
        return $this->told(FunnelMint::signIn($this->user()), '/open');
    }

    /** These calls are served to every platform: that of customers is none of ours. */
    private function refusePortal($api)
    {
        if (isset($api->platform) && $api->platform === 'portal') {
            throw new SugarApiExceptionNotAuthorized('Funnel is for who works here.');
        }
    }

    private function told($token, $below)
    {
        $connection = FunnelSettings::connection();
        if ($connection === null || $token === null) {
            return array('token' => null, 'address' => null, 'origin' => null);
        }
        FunnelEnding::wanted();
        return array(
            'token' => $token,
            'address' => $connection->place('vision', $below),
            'origin' => $connection->origin(),
        );
    }

    private function user()
    {
        return $GLOBALS['current_user'];
    }
}
