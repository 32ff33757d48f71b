<?php
/** What our module meets of Sugar, in memory. */
define('sugarEntry', true);

/** The database, so far as our module speaks to it: a few statements over rows in memory. */
class TestDatabase
{
    public $tables = array('config' => array(), 'schedulers' => array());
    public $said = array();
    public $fails = false;

    public function tableExists($name)
    {
        return isset($this->tables[$name]);
    }

    public function createTableParams($name, $fields, $indices)
    {
        foreach ($fields as $key => $field) {
            yes($key === $field['name'] && isset($field['type']), 'a field of the table');
        }
        yes(count($indices) > 0 && $indices[0]['type'] === 'primary', 'the table has a key');
        $this->tables[$name] = array();
    }

    public function dropTableName($name)
    {
        unset($this->tables[$name]);
    }

    public function quote($text)
    {
        return str_replace("'", "''", $text);
    }

    public function limitQuery($sql, $start, $count)
    {
        $found = $this->query($sql);
        return new ArrayObject(array('rows' => array_slice($found['rows'], $start, $count)));
    }

    public function query($sql)
    {
        if ($this->fails) {
            throw new Exception('the database is away');
        }
        $this->said[] = $sql;
        if (preg_match('/^INSERT INTO (\w+) \(([^)]*)\) VALUES \((.*)\)$/s', $sql, $part)) {
            preg_match_all("/'((?:[^']|'')*)'/", $part[3], $values);
            $names = explode(', ', $part[2]);
            $this->tables[$part[1]][] = array_combine($names, str_replace("''", "'", $values[1]));
            return true;
        }
        if (preg_match("/^DELETE FROM (\w+)(?: WHERE (\w+)(?: = '([^']*)'| IN \((.*)\)))?$/", $sql, $part)) {
            $gone = isset($part[4]) ? explode("', '", trim($part[4], "'")) : array(isset($part[3]) ? $part[3] : '');
            $kept = array();
            foreach ($this->tables[$part[1]] as $row) {
                if (isset($part[2]) && !in_array($row[$part[2]], $gone, true)) {
                    $kept[] = $row;
                }
            }
            $this->tables[$part[1]] = $kept;
            return true;
        }
        if (preg_match('/^SELECT count\(\*\) (\w+) FROM (\w+)$/', $sql, $part)) {
            $rows = array(array($part[1] => (string) count($this->tables[$part[2]])));
            return new ArrayObject(array('rows' => $rows));
        }
        yes(preg_match("/FROM (\w+)(?: WHERE job = '([^']*)' AND deleted = 0| ORDER BY (\w+))?$/", $sql, $part), $sql);
        $rows = array();
        foreach ($this->tables[$part[1]] as $row) {
            if (empty($part[2]) || $row['job'] === $part[2]) {
                $rows[] = $row;
            }
        }
        if (isset($part[3])) {
            $order = array();
            foreach ($rows as $at => $row) {
                $order[$at] = $row[$part[3]];
            }
            array_multisort($order, $rows);
        }
        return new ArrayObject(array('rows' => $rows));
    }

    public function fetchByAssoc($found)
    {
        $rows = $found['rows'];
        $row = array_shift($rows);
        $found['rows'] = $rows;
        return $row === null ? false : $row;
    }
}

class TestLog
{
    public $lines = array();

    public function error($text)
    {
        $this->lines[] = $text;
    }
}

/** A record, with what its user may do. */
class TestBean
{
    public $id = '';
    public $module_dir = '';
    public $deleted = 0;
    public static $may = array();

    public function retrieve($id)
    {
        if (!isset(self::$may[$id])) {
            return null;
        }
        $this->id = $id;
        return $this;
    }

    public function ACLAccess($view)
    {
        return $view === 'DetailView' && self::$may[$this->id];
    }

    public function save()
    {
        $GLOBALS['db']->tables['schedulers'][] = get_object_vars($this);
    }
}

class BeanFactory
{
    public static function newBean($module)
    {
        $bean = $module === 'Schedulers' ? new TestScheduler() : new TestBean();
        $bean->module_dir = $module;
        return $bean;
    }
}

class TestScheduler extends TestBean
{
    public $name;
    public $job;
    public $date_time_start;
    public $job_interval;
    public $status;
    public $catch_up;
}

function is_admin($user)
{
    return !empty($user->is_admin);
}

function yes($is, $why)
{
    if (!$is) {
        throw new Exception('not so: ' . $why);
    }
}

function same($wanted, $found, $why = '')
{
    if ($wanted !== $found) {
        throw new Exception($why . ' wanted ' . var_export($wanted, true) . ', found ' . var_export($found, true));
    }
}

/** A new bean of a module. */
function bean($module, $id)
{
    $bean = BeanFactory::newBean($module);
    $bean->id = $id;
    return $bean;
}

/** Address and key as if an admin had entered them. */
function entered()
{
    require_once 'custom/include/Funnel/FunnelSettings.php';
    FunnelSettings::keep('address', 'https://funnel.example.test/sugar/t1/c1');
    FunnelSettings::keep('key', 'kid-1.' . str_repeat('0123456789abcdef', 4));
    return FunnelSettings::connection();
}

/** The claims of a token whose signature is right; it fails otherwise. */
function claims($token, $connection)
{
    $parts = explode('.', $token);
    same(3, count($parts));
    $signature = hash_hmac('sha256', $parts[0] . '.' . $parts[1], $connection->purposeKey('dashlet'), true);
    same(rtrim(strtr(base64_encode($signature), '+/', '-_'), '='), $parts[2], 'the signature');
    return json_decode(base64_decode(strtr($parts[1], '-_', '+/')), true);
}

$GLOBALS['db'] = new TestDatabase();
$GLOBALS['log'] = new TestLog();
$GLOBALS['sugar_version'] = '6.5.25';
$GLOBALS['current_user'] = (object) array('id' => 'u1', 'is_admin' => '1');
$GLOBALS['app_strings'] = array();
$_SESSION = array();
