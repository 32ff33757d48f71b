<?php
/** The admin page. */

use Sugarcrm\Sugarcrm\Security\HttpClient\ExternalResourceClient;

const ADDRESS = 'https://funnel.example.test/sugar/t1/c1';

function key_of($digit)
{
    return 'kid-1.' . str_repeat($digit, 64);
}

function posted($fields)
{
    require_once 'custom/include/Funnel/FunnelAdmin.php';
    preg_match('/name="funnel_form" value="([0-9a-f]+)"/', FunnelAdmin::page('GET', array()), $found);
    return FunnelAdmin::page('POST', array('funnel_form' => $found[1]) + $fields);
}

function test_address_and_key_are_saved_and_tried()
{
    installed();
    $page = posted(array('funnel_address' => ' ' . ADDRESS . ' ', 'funnel_key' => key_of('a')));
    yes(strpos($page, 'Funnel answered') !== false, $page);
    same(ADDRESS, FunnelSettings::kept('address'));
    same(key_of('a'), FunnelSettings::kept('key'));
    $body = json_decode(ExternalResourceClient::$sent[0]['body'], true);
    same(array(), $body['records']);
    same('integration', FunnelSettings::kept('own_user'));
}

function test_the_key_is_never_on_the_page_and_stays_when_the_field_is_empty()
{
    installed();
    $page = posted(array('funnel_address' => ADDRESS, 'funnel_key' => key_of('a')));
    $page .= posted(array('funnel_address' => ADDRESS . '2', 'funnel_key' => ''));
    yes(strpos($page, str_repeat('a', 64)) === false, 'the key is on the page');
    same(key_of('a'), FunnelSettings::kept('key'));
    same(ADDRESS . '2', FunnelSettings::kept('address'));
}

function test_what_funnel_answers_is_said_in_words()
{
    installed();
    $words = array(0 => 'could not be reached', 401 => 'refuses the key', 404 => 'no Funnel at this', 500 => '(500)');
    foreach ($words as $status => $text) {
        ExternalResourceClient::$status = $status;
        $page = posted(array('funnel_address' => ADDRESS, 'funnel_key' => key_of('a')));
        yes(strpos($page, $text) !== false, "$status: $page");
    }
}

function test_what_cannot_be_right_is_not_saved()
{
    installed();
    $page = posted(array('funnel_address' => '"><script>', 'funnel_key' => key_of('a')));
    yes(strpos($page, 'Not saved') !== false, $page);
    same('', FunnelSettings::kept('address'));
    same(array(), ExternalResourceClient::$sent);
}

function test_a_form_from_another_page_is_refused()
{
    installed();
    require_once 'custom/include/Funnel/FunnelAdmin.php';
    foreach (array(array(), array('funnel_form' => 'x'), array('funnel_form' => array('x'))) as $sent) {
        $page = FunnelAdmin::page('POST', $sent + array('funnel_address' => ADDRESS, 'funnel_key' => key_of('a')));
        yes(strpos($page, 'too old') !== false, $page);
    }
    same('', FunnelSettings::kept('key'));
}

function test_both_can_be_forgotten()
{
    installed();
    posted(array('funnel_address' => ADDRESS, 'funnel_key' => key_of('a')));
    $page = posted(array('funnel_forget' => '1'));
    yes(strpos($page, 'forgotten') !== false, $page);
    same(array('', '', null), array(FunnelSettings::kept('key'), FunnelSettings::kept('address'),
        FunnelSettings::connection()));
}

function test_only_administrators_see_the_page()
{
    installed();
    foreach (array('1' => 'funnel_key', '' => 'Only administrators') as $isAdmin => $text) {
        $GLOBALS['current_user'] = (object) array('id' => 'u1', 'is_admin' => $isAdmin);
        $_SERVER['REQUEST_METHOD'] = 'GET';
        ob_start();
        include 'custom/modules/Administration/FunnelSettings.php';
        $page = ob_get_clean();
        yes(strpos($page, $text) !== false, $page);
    }
}

function test_the_admin_page_of_sugar_leads_to_it()
{
    installed();
    $admin_group_header = array();
    include 'custom/Extension/modules/Administration/Ext/Administration/funnel.php';
    $option = $admin_group_header[0][3]['Administration']['funnel'];
    same('./index.php?module=Administration&action=FunnelSettings', $option[3]);
    $mod_strings = array();
    include 'custom/Extension/modules/Administration/Ext/Language/en_us.FunnelForSugar.php';
    foreach (array($admin_group_header[0][0], $admin_group_header[0][4], $option[1], $option[2]) as $label) {
        yes(isset($mod_strings[$label]), $label);
    }
}
