<?php
require_once 'custom/include/Funnel/FunnelSettings.php';
require_once 'custom/include/Funnel/FunnelPost.php';

/**
 * Changes that Funnel is to be told of: rows of a table, sent after the answer or by the scheduler.
 *
 * A row goes when Funnel has taken it. Sent twice is harmless: Funnel reads the record again.
 */
class FunnelQueue
{
    const TABLE = 'funnel_queue';
    const BATCH = 400;
    const BATCHES = 5;
    const POSTS = 60;
    const MOST = 20000;
    const QUIET_SECONDS = 60;

    /** Make the table where it is not there. */
    public static function install($db)
    {
        if ($db->tableExists(self::TABLE)) {
            return;
        }
        $fields = array(
            'id' => array('name' => 'id', 'type' => 'id', 'required' => true),
            'record_module' => array('name' => 'record_module', 'type' => 'varchar', 'len' => 64),
            'record_id' => array('name' => 'record_id', 'type' => 'varchar', 'len' => 64),
            'happened' => array('name' => 'happened', 'type' => 'varchar', 'len' => 16),
            'changed_by' => array('name' => 'changed_by', 'type' => 'varchar', 'len' => 64),
            'queued_at' => array('name' => 'queued_at', 'type' => 'varchar', 'len' => 32),
        );
        $indices = array(
            array('name' => 'funnel_queue_pk', 'type' => 'primary', 'fields' => array('id')),
            array('name' => 'funnel_queue_at', 'type' => 'index', 'fields' => array('queued_at')),
        );
        $db->createTableParams(self::TABLE, $fields, $indices);
    }

    /** Take the table away. */
    public static function uninstall($db)
    {
        if ($db->tableExists(self::TABLE)) {
            $db->dropTableName(self::TABLE);
        }
    }

    /** Note a change: one row, and nothing else is waited for. */
    public static function note($module, $id, $event, $by)
    {
        $db = self::db();
        $values = array(FunnelConnection::once(), $module, $id, $event, $by, self::moment());
        $quoted = array();
        foreach ($values as $value) {
            $quoted[] = "'" . $db->quote((string) $value) . "'";
        }
        $db->query(
            'INSERT INTO ' . self::TABLE . ' (id, record_module, record_id, happened, changed_by, queued_at)'
            . ' VALUES (' . implode(', ', $quoted) . ')'
        );
    }

    /**
     * Send what waits, oldest first.
     *
     * @return int how many rows Funnel has taken
     */
    public static function send()
    {
        $taken = 0;
        $posts = 0;
        $connection = FunnelSettings::connection();
        if ($connection === null || (int) FunnelSettings::kept('quiet_until') > time()) {
            return 0;
        }
        for ($batch = 0; $batch < self::BATCHES; $batch++) {
            $rows = self::oldest();
            if (!$rows) {
                break;
            }
            $status = self::offer($connection, $rows, $taken, $posts);
            if ($status !== 202) {
                self::later($status);
                break;
            }
        }
        return $taken;
    }

    /**
     * Send these. What Funnel will not read is sent in halves, until a row that it refuses is alone and
     * is left out: the hourly sync brings that record.
     *
     * @return int 202 when none of them waits any more, else the status to stop with
     */
    private static function offer($connection, $rows, &$taken, &$posts)
    {
        $posts++;
        $answer = self::post($connection, self::records($rows));
        $status = $answer['status'];
        if ($status === 202) {
            self::remove($rows);
            self::learn($answer['body']);
            $taken += count($rows);
            return 202;
        }
        if (($status !== 400 && $status !== 413) || $posts >= self::POSTS) {
            return $status;
        }
        if (count($rows) === 1) {
            self::log('Funnel does not take a change of ' . $rows[0]['record_module'] . ': ' . $status);
            self::remove($rows);
            return 202;
        }
        foreach (array_chunk($rows, (int) ceil(count($rows) / 2)) as $half) {
            $status = self::offer($connection, $half, $taken, $posts);
            if ($status !== 202) {
                return $status;
            }
        }
        return 202;
    }

    /** Ask Funnel whether address and key are right: nothing is named. The answer's status, 0 without. */
    public static function test($connection)
    {
        $answer = self::post($connection, array());
        if ($answer['status'] === 202) {
            self::learn($answer['body']);
            FunnelSettings::keep('quiet_until', '0');
        }
        return $answer['status'];
    }

    /** Two requests of Sugar may send the same rows in one second: `once` tells them from a replay. */
    private static function post($connection, $records)
    {
        $body = (string) json_encode(array('records' => $records, 'once' => FunnelConnection::once()));
        $address = $connection->place('hooks/sugar');
        return FunnelPost::send($address, $connection->signed($body, time()), $body, 2);
    }

    /** Each record once, with what happened to it last. */
    private static function records($rows)
    {
        $found = array();
        foreach ($rows as $row) {
            $key = $row['record_module'] . ' ' . $row['record_id'];
            unset($found[$key]);
            $found[$key] = array(
                'module' => $row['record_module'],
                'id' => $row['record_id'],
                'event' => $row['happened'],
                'by' => $row['changed_by'],
            );
        }
        return array_values($found);
    }

    private static function oldest()
    {
        $db = self::db();
        $sql = 'SELECT id, record_module, record_id, happened, changed_by FROM ' . self::TABLE;
        $found = $db->limitQuery($sql . ' ORDER BY queued_at', 0, self::BATCH);
        $rows = array();
        while ($row = $db->fetchByAssoc($found)) {
            $rows[] = $row;
        }
        return $rows;
    }

    private static function remove($rows)
    {
        $db = self::db();
        $ids = array();
        foreach ($rows as $row) {
            $ids[] = "'" . $db->quote($row['id']) . "'";
        }
        $db->query('DELETE FROM ' . self::TABLE . ' WHERE id IN (' . implode(', ', $ids) . ')');
    }

    /** Whose changes are Funnel's own: they are not told. */
    private static function learn($body)
    {
        $told = json_decode($body, true);
        if (is_array($told) && isset($told['user_id']) && is_string($told['user_id'])
            && $told['user_id'] !== FunnelSettings::kept('own_user')) {
            FunnelSettings::keep('own_user', $told['user_id']);
        }
    }

    /** Leave Funnel alone for a minute. What waits too long is dropped: the hourly sync brings it. */
    private static function later($status)
    {
        FunnelSettings::keep('quiet_until', time() + self::QUIET_SECONDS);
        self::log('Funnel could not be told of changes: ' . ($status ? $status : 'no answer'));
        $db = self::db();
        $found = $db->query('SELECT count(*) waiting FROM ' . self::TABLE);
        $row = $db->fetchByAssoc($found);
        if ($row && (int) $row['waiting'] > self::MOST) {
            $db->query('DELETE FROM ' . self::TABLE);
        }
    }

    private static function log($text)
    {
        if (isset($GLOBALS['log'])) {
            $GLOBALS['log']->error($text);
        }
    }

    /** Orders rows: microseconds since 1970, as text of one length. */
    private static function moment()
    {
        list($part, $seconds) = explode(' ', microtime());
        return sprintf('%012d%06d', $seconds, (int) ($part * 1000000));
    }

    private static function db()
    {
        return isset($GLOBALS['db']) ? $GLOBALS['db'] : DBManagerFactory::getInstance();
    }
}
