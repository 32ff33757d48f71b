<?php
/** The logic hooks and what becomes of what they note. */

use Sugarcrm\Sugarcrm\Security\HttpClient\ExternalResourceClient;

function hooks()
{
    require_once 'custom/include/Funnel/FunnelHooks.php';
    return new FunnelHooks();
}

function waiting()
{
    $found = array();
    foreach ($GLOBALS['db']->tables['funnel_queue'] as $row) {
        $found[] = $row['record_module'] . '/' . $row['record_id'] . ' ' . $row['happened'] . ' ' . $row['changed_by'];
    }
    return $found;
}

function test_a_change_is_one_row_and_no_request()
{
    installed();
    entered();
    hooks()->saved(bean('Leads', "l'1"), 'after_save', array());
    hooks()->deleted(bean('Contacts', ''), 'after_delete', array('id' => 'c9'));
    hooks()->restored(bean('Contacts', 'c9'), 'after_restore', array('id' => 'c9'));
    hooks()->linked(bean('Accounts', 'a1'), 'after_relationship_add', array('id' => 'a1', 'related_id' => 'x'));
    hooks()->unlinked(bean('Accounts', 'a1'), 'after_relationship_delete', array());
    same(array("Leads/l'1 saved u1", 'Contacts/c9 deleted u1', 'Contacts/c9 restored u1', 'Accounts/a1 linked u1',
        'Accounts/a1 unlinked u1'), waiting());
    same(array(), ExternalResourceClient::$sent);
}

function test_nothing_is_noted_before_a_key_is_entered()
{
    installed();
    hooks()->saved(bean('Leads', 'l1'), 'after_save', array());
    same(array(), waiting());
}

function test_the_changes_of_funnels_own_user_are_never_noted()
{
    installed();
    entered();
    FunnelSettings::keep('own_user', 'u1');
    hooks()->saved(bean('Leads', 'l1'), 'after_save', array());
    $GLOBALS['current_user'] = (object) array('id' => 'u2');
    hooks()->saved(bean('Leads', 'l2'), 'after_save', array());
    same(array('Leads/l2 saved u2'), waiting());
}

function test_a_save_goes_on_whatever_happens_to_us()
{
    installed();
    entered();
    $GLOBALS['db']->fails = true;
    hooks()->saved(bean('Leads', 'l1'), 'after_save', array());
    same(1, count($GLOBALS['log']->lines));
}

function test_what_waits_is_sent_signed_and_each_record_once()
{
    installed();
    $connection = entered();
    foreach (array('l1', 'l2', 'l1') as $id) {
        hooks()->saved(bean('Leads', $id), 'after_save', array());
    }
    same(3, FunnelQueue::send());
    same(array(), waiting());
    same(1, count(ExternalResourceClient::$sent));
    $sent = ExternalResourceClient::$sent[0];
    same('https://funnel.example.test/hooks/sugar/t1/c1', $sent['address']);
    $record = array('module' => 'Leads', 'id' => 'l2', 'event' => 'saved', 'by' => 'u1');
    $body = json_decode($sent['body'], true);
    same(array($record, array('id' => 'l1') + $record) == $body['records'], true);
    $text = $sent['headers']['X-Funnel-Time'] . '.' . $sent['body'];
    $wanted = hash_hmac('sha256', $text, $connection->purposeKey('webhook'));
    same($wanted, $sent['headers']['X-Funnel-Signature']);
    same('kid-1', $sent['headers']['X-Funnel-Key']);
    same('integration', FunnelSettings::kept('own_user'));
}

function test_the_same_sent_twice_in_one_second_is_no_replay()
{
    installed();
    $connection = entered();
    do {
        $second = time();
        ExternalResourceClient::$sent = array();
        FunnelQueue::test($connection);
        FunnelQueue::test($connection);
    } while (time() !== $second);
    list($one, $other) = ExternalResourceClient::$sent;
    same($one['headers']['X-Funnel-Time'], $other['headers']['X-Funnel-Time']);
    yes($one['headers']['X-Funnel-Signature'] !== $other['headers']['X-Funnel-Signature'], 'signed as another');
}

function test_a_burst_goes_in_batches_that_funnel_takes()
{
    installed();
    entered();
    for ($i = 0; $i < 900; $i++) {
        FunnelQueue::note('Opportunities', sprintf('0badcafe-0000-4000-8000-%012d', $i), 'unlinked', str_repeat('u', 36));
    }
    same(900, FunnelQueue::send());
    same(3, count(ExternalResourceClient::$sent));
    foreach (ExternalResourceClient::$sent as $sent) {
        $body = json_decode($sent['body'], true);
        yes(count($body['records']) <= 500 && strlen($sent['body']) <= 65536, 'no more than Funnel takes');
    }
}

function test_a_row_that_funnel_will_not_read_holds_up_no_other()
{
    installed();
    entered();
    ExternalResourceClient::$unread = 'odd';
    for ($i = 0; $i < 400; $i++) {
        hooks()->saved(bean('Leads', $i === 123 ? 'odd' : ($i === 300 ? "M\xfcller-1" : "l$i")), 'after_save', array());
    }
    same(398, FunnelQueue::send());
    same(array(), waiting());
    yes(count(ExternalResourceClient::$sent) < 50, 'found by halves');
    same(2, count($GLOBALS['log']->lines));
    hooks()->saved(bean('Leads', 'l1'), 'after_save', array());
    same(1, FunnelQueue::send(), 'not left alone');
}

function test_a_funnel_that_reads_nothing_is_left_alone_soon()
{
    installed();
    entered();
    ExternalResourceClient::$unread = 'records';
    for ($i = 0; $i < 400; $i++) {
        hooks()->saved(bean('Leads', "l$i"), 'after_save', array());
    }
    same(0, FunnelQueue::send());
    same(60, count(ExternalResourceClient::$sent));
    yes(count(waiting()) > 350, 'most stay');
}

function test_what_funnel_did_not_take_stays_and_it_is_left_alone_for_a_minute()
{
    installed();
    entered();
    foreach (array(0, 401, 503) as $status) {
        ExternalResourceClient::$status = $status;
        ExternalResourceClient::$sent = array();
        FunnelSettings::keep('quiet_until', '0');
        hooks()->saved(bean('Leads', 'l1'), 'after_save', array());
        same(0, FunnelQueue::send());
        $tries = count(ExternalResourceClient::$sent);
        ExternalResourceClient::$status = 202;
        same(0, FunnelQueue::send(), 'left alone');
        same($tries, count(ExternalResourceClient::$sent));
    }
    same(3, count(waiting()));
    FunnelSettings::keep('quiet_until', (string) (time() - 1));
    same(3, FunnelQueue::send());
}

function test_the_queue_does_not_grow_for_ever()
{
    installed();
    entered();
    for ($i = 0; $i <= 20000; $i++) {
        $GLOBALS['db']->tables['funnel_queue'][] = array('id' => "q$i", 'record_module' => 'Leads',
            'record_id' => "l$i", 'happened' => 'saved', 'changed_by' => 'u1', 'queued_at' => '0');
    }
    ExternalResourceClient::$status = 503;
    FunnelQueue::send();
    same(array(), waiting());
}

function test_it_is_sent_after_the_answer_where_php_can_give_that_away_first()
{
    installed();
    entered();
    eval('function fastcgi_finish_request() { yes(count(waiting()) === 2, "before the queue is sent"); $GLOBALS["ended"] = true; }');
    hooks()->saved(bean('Leads', 'l1'), 'after_save', array());
    hooks()->saved(bean('Leads', 'l2'), 'after_save', array());
    same(array(), ExternalResourceClient::$sent, 'not yet');
    $ours = new ReflectionProperty('FunnelEnding', 'ours');
    $ours->setAccessible(true);
    $ours->setValue(null, null);
    same(true, $GLOBALS['ended']);
    same(1, count(ExternalResourceClient::$sent));
    same(array(), waiting());
}

/** Run by a test that looks at the file when PHP has ended. */
function save_and_end()
{
    installed();
    entered();
    define('SENT_FILE', getcwd() . '/sent');
    eval('function fastcgi_finish_request() { echo "answered "; }');
    hooks()->saved(bean('Leads', 'l1'), 'after_save', array());
    yes(!is_file(SENT_FILE), 'nothing is sent yet');
}

function test_elsewhere_the_scheduler_sends_it()
{
    installed();
    entered();
    hooks()->saved(bean('Leads', 'l1'), 'after_save', array());
    $job_strings = array();
    include 'custom/Extension/modules/Schedulers/Ext/ScheduledTasks/funnel.php';
    same(array('funnelSendChanges'), $job_strings);
    same(true, funnelSendChanges());
    same(array(), waiting());
}
