<?php
/**
 * Runs one test in the Sugar of the current folder.
 *
 *     php tests/php/run.php CASE.php FUNCTION PACKAGE
 */
error_reporting(-1);
set_error_handler(function ($kind, $text, $file, $line) {
    throw new ErrorException($text, 0, $kind, $file, $line);
});
set_include_path(getcwd());
require __DIR__ . '/world.php';
if (basename($argv[1]) !== 'curl.php') {
    require __DIR__ . '/client.php';
}
require __DIR__ . '/loader.php';
require $argv[1];
$GLOBALS['package'] = $argv[3];
try {
    $argv[2]();
} catch (Throwable $problem) {
    fwrite(STDERR, $problem->getMessage() . "\n" . $problem->getTraceAsString() . "\n");
    exit(1);
}
echo "passed\n";
