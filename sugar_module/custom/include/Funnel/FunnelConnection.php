<?php
/**
 * What an admin entered, and what follows of it: places, keys by purpose, signatures, tokens.
 *
 * Knows nothing of Sugar. Runs on PHP 5.3 and later; needs the hash and json extensions.
 */
class FunnelConnection
{
    const PANELS = 'funnelvision';
    const RECORD = 'funnelvision-record';
    const SIGN_IN = 'funnel-sign-in';

    private $base = '';
    private $tenant = '';
    private $connection = '';
    private $kid = '';
    private $key = '';

    /**
     * The connection of an address "<base>/sugar/<tenant>/<connection>" and a key "<kid>.<64 hex>".
     *
     * @return FunnelConnection|null null where one of them is not of that form
     */
    public static function entered($address, $key)
    {
        $whole = '~^(https?://[A-Za-z0-9.:\[\]-]+)/sugar/([A-Za-z0-9._-]{1,64})/([A-Za-z0-9._-]{1,64})/?$~D';
        if (!preg_match($whole, trim((string) $address), $place)) {
            return null;
        }
        if (!preg_match('/^([A-Za-z0-9_-]{1,64})\.([0-9a-f]{64})$/D', trim((string) $key), $secret)) {
            return null;
        }
        if (!self::isSafe($place[1])) {
            return null;
        }
        $made = new FunnelConnection();
        list(, $made->base, $made->tenant, $made->connection) = $place;
        list(, $made->kid, $made->key) = $secret;
        return $made;
    }

    /** Whether what is sent there cannot be read on the way: https, or this very machine. */
    private static function isSafe($base)
    {
        return preg_match('~^https://|^http://(localhost|127\.0\.0\.1)(:\d+)?$~D', $base) === 1;
    }

    /** Scheme, host and port: whom a token is posted to, and who may ask for one. */
    public function origin()
    {
        return preg_replace('~^(https?://[^/]+).*$~', '$1', $this->base);
    }

    /** The address of one of Funnel's places for this Sugar: "vision", "hooks/sugar". */
    public function place($name, $below = '')
    {
        return $this->base . '/' . $name . '/' . $this->tenant . '/' . $this->connection . $below;
    }

    /** The key of one purpose, in hex. */
    public function purposeKey($purpose)
    {
        return hash_hmac('sha256', 'funnel ' . $purpose . ' ' . $this->connection, $this->key);
    }

    /**
     * A token that says who looks: a JWT signed by HS256.
     *
     * @param string $user     the id of the Sugar user
     * @param string $audience one of the constants
     * @param int    $now      seconds since 1970
     * @param int    $seconds  how long it is good, 600 at most
     * @param string $id       another one each time
     * @param array  $record   array('module' => ..., 'id' => ...) for RECORD
     */
    public function token($user, $audience, $now, $seconds, $id, $record = null)
    {
        $claims = array(
            'iss' => $this->connection,
            'sub' => (string) $user,
            'aud' => $audience,
            'iat' => (int) $now,
            'exp' => (int) $now + min(600, (int) $seconds),
            'jti' => $id,
        );
        if ($record !== null) {
            $claims['rec'] = array('module' => $record['module'], 'id' => $record['id']);
        }
        $header = array('alg' => 'HS256', 'typ' => 'JWT', 'kid' => $this->kid);
        $text = self::plain(json_encode($header)) . '.' . self::plain(json_encode($claims));
        $signature = hash_hmac('sha256', $text, $this->purposeKey('dashlet'), true);
        return $text . '.' . self::plain($signature);
    }

    /** The headers that say who sends a body, and when. */
    public function signed($body, $now)
    {
        return array(
            'Content-Type' => 'application/json',
            'X-Funnel-Time' => (string) $now,
            'X-Funnel-Key' => $this->kid,
            'X-Funnel-Signature' => hash_hmac('sha256', $now . '.' . $body, $this->purposeKey('webhook')),
        );
    }

    /** 32 hexadecimal digits, another each time. */
    public static function once()
    {
        if (function_exists('openssl_random_pseudo_bytes')) {
            $bytes = openssl_random_pseudo_bytes(16);
            if (is_string($bytes) && strlen($bytes) === 16) {
                return bin2hex($bytes);
            }
        }
        return md5(uniqid(mt_rand(), true) . microtime() . getmypid() . mt_rand());
    }

    /** Whether two texts are equal; takes as long wherever they differ. */
    public static function same($known, $given)
    {
        $known = (string) $known;
        $given = (string) $given;
        if (strlen($known) !== strlen($given)) {
            return false;
        }
        $differs = 0;
        for ($at = 0; $at < strlen($known); $at++) {
            $differs |= ord($known[$at]) ^ ord($given[$at]);
        }
        return $differs === 0;
    }

    /** base64 as it stands in a token. */
    private static function plain($bytes)
    {
        return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
    }
}
