<?php
/** What people meet in Sugar: dashlet, panel, tokens, the way into Funnel. */

function asked($file, $request, $method = 'POST')
{
    $_SERVER['REQUEST_METHOD'] = $method;
    $_REQUEST = $request;
    ob_start();
    include $file;
    return ob_get_clean();
}

function dashlet()
{
    require_once 'custom/modules/Home/Dashlets/FunnelVisionDashlet/FunnelVisionDashlet.php';
    return new FunnelVisionDashlet('d1');
}

function test_the_dashlet_is_a_frame_without_anything_personal()
{
    installed();
    entered();
    $GLOBALS['current_language'] = 'en_us';
    $dashlet = dashlet();
    same('FunnelVision Dashboard', $dashlet->title);
    $html = $dashlet->display();
    yes(strpos($html, 'data-address="https://funnel.example.test/vision/t1/c1?lang=en_us"') !== false, $html);
    yes(strpos($html, 'data-origin="https://funnel.example.test"') !== false, $html);
    yes(strpos($html, 'u1') === false && strpos($html, 'eyJ') === false, 'no user and no token');
    yes(preg_match('~<script[^>]+src="custom/include/Funnel/frame\.js\?v=\d+\.\d+\.\d+"~', $html) === 1, $html);
    yes(strpos($html, '<iframe') !== false && strpos($html, ' src="https') === false, 'the script sets it');
}

function test_the_dashlet_says_what_to_do_before_a_key_is_entered()
{
    installed();
    yes(strpos(dashlet()->display(), 'not set up yet') !== false, 'told');
}

function test_the_dashlet_is_listed_by_name()
{
    installed();
    $dashletMeta = array();
    include 'custom/modules/Home/Dashlets/FunnelVisionDashlet/FunnelVisionDashlet.meta.php';
    same(array('title', 'description', 'icon', 'category'), array_keys($dashletMeta['FunnelVisionDashlet']));
}

function test_the_token_of_the_session_is_fetched_by_post_alone()
{
    installed();
    $connection = entered();
    $told = json_decode(asked('custom/modules/Home/FunnelToken.php', array()), true);
    $claims = claims($told['token'], $connection);
    same(array('u1', 'funnelvision'), array($claims['sub'], $claims['aud']));
    $told = json_decode(asked('custom/modules/Home/FunnelToken.php', array(), 'GET'), true);
    same(null, $told['token']);
}

function test_the_token_of_a_record_is_for_who_may_see_it()
{
    installed();
    $connection = entered();
    TestBean::$may = array('mine' => true, 'hidden' => false);
    $ask = function ($module, $record) {
        $sent = array('funnel_module' => $module, 'funnel_record' => $record);
        $told = json_decode(asked('custom/modules/Home/FunnelToken.php', $sent), true);
        return $told['token'];
    };
    $claims = claims($ask('Leads', 'mine'), $connection);
    same('funnelvision-record', $claims['aud']);
    same(array('module' => 'Leads', 'id' => 'mine'), $claims['rec']);
    foreach (array('hidden', 'nowhere', '', array('mine')) as $record) {
        same(null, $ask('Leads', $record));
    }
    same(null, $ask('Users', 'mine'));
    same(null, $ask(array('Leads'), 'mine'));
}

function test_the_panel_is_on_the_pages_of_leads_and_contacts()
{
    $loader = installed();
    entered();
    $show = function ($request) {
        require_once 'custom/include/Funnel/FunnelRecordPanel.php';
        $_REQUEST = $request;
        ob_start();
        $panel = new FunnelRecordPanel();
        $panel->show('after_ui_frame');
        return ob_get_clean();
    };
    $page = array('module' => 'Leads', 'action' => 'DetailView', 'record' => 'l1"><i>');
    $GLOBALS['current_language'] = 'ge_ge';
    $html = $show($page);
    yes(strpos($html, 'data-address="https://funnel.example.test/vision/t1/c1/record?lang=de"') !== false, $html);
    yes(strpos($html, 'funnel_record=l1%22%3E%3Ci%3E') !== false, $html);
    foreach (array(array('action' => 'EditView'), array('module' => 'Accounts'), array('record' => ''),
        array('to_pdf' => '1')) as $other) {
        same('', $show($other + $page));
    }
    yes(isset($loader->hooks['Leads after_ui_frame Funnel: the panel of the record']), 'the hook');
    yes(isset($loader->hooks['Contacts after_ui_frame Funnel: the panel of the record']), 'the hook');
}

function test_the_way_into_funnel_is_a_form_that_sends_itself()
{
    installed();
    $connection = entered();
    $page = asked('custom/modules/Home/FunnelOpen.php', array());
    preg_match('~action="([^"]+)".*name="token" value="([^"]+)"~s', $page, $found);
    same('https://funnel.example.test/vision/t1/c1/open', $found[1]);
    $claims = claims($found[2], $connection);
    same(array('u1', 'funnel-sign-in'), array($claims['sub'], $claims['aud']));
}

function test_the_way_into_funnel_says_what_to_do_before_a_key_is_entered()
{
    installed();
    yes(strpos(asked('custom/modules/Home/FunnelOpen.php', array()), 'not set up yet') !== false, 'told');
}
