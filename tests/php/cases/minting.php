<?php
/** Address and key, the keys derived of them, and tokens. */

function test_the_places_follow_of_the_address()
{
    installed();
    $connection = entered();
    same('https://funnel.example.test/vision/t1/c1/record', $connection->place('vision', '/record'));
    same('https://funnel.example.test/hooks/sugar/t1/c1', $connection->place('hooks/sugar'));
    same('https://funnel.example.test', $connection->origin());
}

function test_what_is_no_address_or_key_is_refused()
{
    installed();
    require_once 'custom/include/Funnel/FunnelConnection.php';
    $key = 'kid.' . str_repeat('ab', 32);
    $good = 'https://funnel.example.test/sugar/t/c';
    yes(FunnelConnection::entered($good, $key) !== null, 'a good one');
    yes(FunnelConnection::entered("  $good/ ", " $key\n") !== null, 'spaces around, a slash behind');
    yes(FunnelConnection::entered('http://127.0.0.1:8000/sugar/t/c', $key) !== null, 'this machine');
    $bad = array(
        'http://funnel.example.test/sugar/t/c', 'https://funnel.example.test/sugar/t',
        'https://user@funnel.example.test/sugar/t/c', 'https://funnel.example.test/sugar/t/c/more',
        'javascript:alert(1)/sugar/t/c', 'https://a" onload="x/sugar/t/c', '', 'ftp://a/sugar/t/c',
        'http://127.0.0.1.evil.test/sugar/t/c', 'https://funnel.example.test/sugar/t/<c>',
    );
    foreach ($bad as $address) {
        same(null, FunnelConnection::entered($address, $key), $address);
    }
    foreach (array('', 'kid', 'kid.', 'kid.xyz', str_repeat('ab', 32), $key . '0', 'k d.' . str_repeat('ab', 32)) as $one) {
        same(null, FunnelConnection::entered($good, $one), $one);
    }
}

function test_a_token_says_who_looks_and_for_how_long()
{
    installed();
    $connection = entered();
    require_once 'custom/include/Funnel/FunnelMint.php';
    $user = (object) array('id' => 'u7');
    $claims = claims(FunnelMint::panels($user), $connection);
    same(array('iss', 'sub', 'aud', 'iat', 'exp', 'jti'), array_keys($claims));
    same(array('c1', 'u7', 'funnelvision'), array($claims['iss'], $claims['sub'], $claims['aud']));
    same(600, $claims['exp'] - $claims['iat']);
    yes(abs($claims['iat'] - time()) <= 2, 'made now');
    yes(preg_match('/^[0-9a-f]{32}$/', $claims['jti']) === 1, 'an id');
    $other = claims(FunnelMint::panels($user), $connection);
    yes($other['jti'] !== $claims['jti'], 'another id each time');
    $header = json_decode(base64_decode(strtok(FunnelMint::panels($user), '.')), true);
    same(array('alg' => 'HS256', 'typ' => 'JWT', 'kid' => 'kid-1'), $header);
}

function test_a_token_to_sign_in_is_good_for_two_minutes_and_none_for_more_than_ten()
{
    installed();
    $connection = entered();
    require_once 'custom/include/Funnel/FunnelMint.php';
    $claims = claims(FunnelMint::signIn((object) array('id' => 'u7')), $connection);
    same('funnel-sign-in', $claims['aud']);
    same(120, $claims['exp'] - $claims['iat']);
    $long = claims($connection->token('u', 'funnelvision', 1000, 99999, 'j'), $connection);
    same(1600, $long['exp']);
}

function test_nobody_gets_a_token_without_a_connection_or_a_user()
{
    installed();
    require_once 'custom/include/Funnel/FunnelMint.php';
    same(null, FunnelMint::panels((object) array('id' => 'u7')));
    entered();
    same(null, FunnelMint::panels((object) array('id' => '')));
}

function test_a_portals_customers_and_a_group_get_no_token()
{
    installed();
    entered();
    require_once 'custom/include/Funnel/FunnelMint.php';
    foreach (array('portal_only', 'is_group') as $name) {
        foreach (array('1', 1, true) as $yes) {
            $user = (object) array('id' => 'u7', $name => $yes);
            same(null, FunnelMint::panels($user), $name);
            same(null, FunnelMint::signIn($user), $name);
            same(null, FunnelMint::record($user, 'Leads', 'l1'), $name);
        }
        yes(FunnelMint::panels((object) array('id' => 'u7', $name => '0')) !== null, "not $name");
    }
    foreach (array('type' => 'support_portal', 'contact_id' => 'c1') as $name => $value) {
        $_SESSION = array($name => $value);
        same(null, FunnelMint::signIn((object) array('id' => 'u7')), $name);
    }
    $_SESSION = array('type' => 'user');
    yes(FunnelMint::signIn((object) array('id' => 'u7')) !== null, 'a session of Sugar itself');
}

function test_two_texts_are_compared_whole()
{
    installed();
    require_once 'custom/include/Funnel/FunnelConnection.php';
    yes(FunnelConnection::same('abc', 'abc'), 'equal');
    yes(!FunnelConnection::same('abc', 'abd') && !FunnelConnection::same('abc', 'ab'), 'not equal');
    yes(!FunnelConnection::same('', 'a') && FunnelConnection::same('', ''), 'empty');
}
