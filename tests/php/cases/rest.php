<?php
/** Sugar 7 and later: the REST calls of the Sidecar dashlets. */

class SugarApi
{
    public function loadBean($api, $args, $right)
    {
        same('view', $right);
        if (empty(TestBean::$may[$args['record']])) {
            throw new SugarApiExceptionNotAuthorized('no');
        }
        return bean($args['module'], $args['record']);
    }
}

class ServiceBase
{
    public $platform;
}

class SugarApiExceptionNotFound extends Exception
{
}

class SugarApiExceptionNotAuthorized extends Exception
{
}

function api()
{
    installed();
    require_once 'custom/clients/base/api/FunnelApi.php';
    return new FunnelApi();
}

function test_each_call_is_registered_and_wants_a_session()
{
    $calls = api()->registerApiRest();
    foreach ($calls as $call) {
        same(array('POST', false), array($call['reqType'], $call['noLoginRequired']));
        same(count($call['path']), count($call['pathVars']));
        yes(method_exists('FunnelApi', $call['method']), $call['method']);
    }
    same(array('funnel', 'token', '?', '?'), $calls['funnelRecord']['path']);
}

function test_the_dashlet_gets_token_and_address()
{
    $api = api();
    $connection = entered();
    $told = $api->panels(new ServiceBase(), array());
    same('https://funnel.example.test/vision/t1/c1', $told['address']);
    same('https://funnel.example.test', $told['origin']);
    $claims = claims($told['token'], $connection);
    same(array('u1', 'funnelvision'), array($claims['sub'], $claims['aud']));
    $told = $api->signIn(new ServiceBase(), array());
    same('https://funnel.example.test/vision/t1/c1/open', $told['address']);
    $claims = claims($told['token'], $connection);
    same('funnel-sign-in', $claims['aud']);
}

function test_customers_in_a_portal_get_no_token()
{
    $api = api();
    entered();
    TestBean::$may = array('l1' => true);
    $portal = new ServiceBase();
    $portal->platform = 'portal';
    foreach (array('panels', 'signIn', 'record') as $call) {
        $refused = false;
        try {
            $api->$call($portal, array('module' => 'Leads', 'record' => 'l1'));
        } catch (SugarApiExceptionNotAuthorized $problem) {
            $refused = true;
        }
        yes($refused, $call);
    }
    $base = new ServiceBase();
    $base->platform = 'base';
    foreach (array('portal_only', 'is_group') as $flag) {
        $GLOBALS['current_user'] = (object) array('id' => 'u9', $flag => '1');
        same(null, FunnelMint::signIn($GLOBALS['current_user']));
        $told = $api->panels($base, array());
        same(null, $told['token'], $flag);
        yes(FunnelMint::panels((object) array('id' => 'u9', $flag => '0')) !== null, 'nobody else is refused');
    }
    $user = (object) array('id' => 'u1', 'portal_only' => '0', 'is_group' => '0');
    foreach (array('type' => 'support_portal', 'contact_id' => 'c1') as $name => $value) {
        $_SESSION = array($name => $value);
        same(null, FunnelMint::panels($user), $name);
    }
    $_SESSION = array('type' => 'user');
    yes(FunnelMint::panels($user) !== null, 'who works here');
}

function test_without_a_key_it_says_so()
{
    same(array('token' => null, 'address' => null, 'origin' => null), api()->panels(new ServiceBase(), array()));
}

function test_a_record_is_opened_for_who_may_see_it()
{
    $api = api();
    $connection = entered();
    TestBean::$may = array('mine' => true);
    $told = $api->record(new ServiceBase(), array('module' => 'Contacts', 'record' => 'mine'));
    $claims = claims($told['token'], $connection);
    same(array('module' => 'Contacts', 'id' => 'mine'), $claims['rec']);
    same('https://funnel.example.test/vision/t1/c1/record', $told['address']);
    foreach (array(array('Contacts', 'hidden'), array('Users', 'mine')) as $asked) {
        try {
            $api->record(new ServiceBase(), array('module' => $asked[0], 'record' => $asked[1]));
        } catch (Exception $refused) {
            continue;
        }
        yes(false, 'refused');
    }
}
