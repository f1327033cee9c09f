CREATE DEFAULT CONVERSION public.default
    FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE CONVERSION public.source
    FOR 'LATIN3' TO 'UTF8' FROM iso8859_to_utf8;
CREATE CONVERSION public.target
    FOR 'UTF8' TO 'WIN1250' FROM utf8_to_win;
