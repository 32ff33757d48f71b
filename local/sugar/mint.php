<?php
/**
 * Mints a token with the module's own PHP: reads what is wanted as JSON, prints the token.
 *
 *     php local/sugar/mint.php < wanted.json
 */
require __DIR__ . '/../../sugar_module/custom/include/Funnel/FunnelConnection.php';

$wanted = json_decode(file_get_contents('php://stdin'), true);
$connection = FunnelConnection::entered($wanted['address'], $wanted['key']);
if ($connection === null) {
    fwrite(STDERR, "no such address or key\n");
    exit(1);
}
echo $connection->token(
    $wanted['user'],
    $wanted['audience'],
    $wanted['now'],
    $wanted['seconds'],
    $wanted['id'],
    $wanted['record']
);
