CREATE CONVERSION public.default
    FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE CONVERSION public.source
    FOR 'LATIN2' TO 'UTF8' FROM iso8859_to_utf8;
CREATE CONVERSION public.target
    FOR 'UTF8' TO 'LATIN2' FROM utf8_to_iso8859;
CREATE CONVERSION public.gone
    FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
