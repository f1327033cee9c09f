--: expect text-search-configuration search.come: added
--: expect text-search-configuration search.gone: removed
--: expect text-search-configuration search.parser: parser
--: expect text-search-dictionary search.more: options
--: expect text-search-dictionary search.less: options
--: expect text-search-dictionary search.reordered: options
--: expect text-search-dictionary search.template: template
--: expect text-search-dictionary search.template: options
--: expect text-search-mapping search.mapped asciiword: definition
--: expect text-search-mapping search.mapped email: removed
--: expect text-search-mapping search.mapped word: added
--: expect text-search-parser search.p: headline
--: expect text-search-template search.come: added
--: expect text-search-template search.t: init
--: both
CREATE TABLE rows (a text);
--: left
CREATE TEXT SEARCH PARSER p (START = prsd_start, GETTOKEN = prsd_nexttoken,
    END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE t (LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY of_t (TEMPLATE = t);
CREATE TEXT SEARCH DICTIONARY more (TEMPLATE = simple);
CREATE TEXT SEARCH DICTIONARY less (TEMPLATE = snowball, LANGUAGE = english,
    STOPWORDS = english);
CREATE TEXT SEARCH DICTIONARY reordered (TEMPLATE = simple,
    STOPWORDS = english, ACCEPT = true);
CREATE TEXT SEARCH DICTIONARY template (TEMPLATE = simple, ACCEPT = true);
COMMENT ON TEXT SEARCH DICTIONARY template IS 'kept';
CREATE TEXT SEARCH CONFIGURATION gone (PARSER = p);
CREATE TEXT SEARCH CONFIGURATION parser (PARSER = p);
ALTER TEXT SEARCH CONFIGURATION parser ADD MAPPING FOR word WITH template;
CREATE TEXT SEARCH CONFIGURATION mapped (PARSER = pg_catalog.default);
ALTER TEXT SEARCH CONFIGURATION mapped ADD MAPPING FOR asciiword, email
    WITH of_t;
CREATE INDEX rows_a ON rows USING gin (to_tsvector('search.parser', a));
--: right
CREATE TEXT SEARCH PARSER p (START = prsd_start, GETTOKEN = prsd_nexttoken,
    END = prsd_end, HEADLINE = prsd_headline, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE t (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH TEMPLATE come (LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY of_t (TEMPLATE = t);
CREATE TEXT SEARCH DICTIONARY more (TEMPLATE = simple, STOPWORDS = english,
    ACCEPT = false);
CREATE TEXT SEARCH DICTIONARY less (TEMPLATE = snowball, LANGUAGE = 'german');
CREATE TEXT SEARCH DICTIONARY reordered (TEMPLATE = simple, ACCEPT = true,
    STOPWORDS = english);
CREATE TEXT SEARCH DICTIONARY template (TEMPLATE = snowball,
    LANGUAGE = english);
COMMENT ON TEXT SEARCH DICTIONARY template IS 'kept';
CREATE TEXT SEARCH CONFIGURATION come (PARSER = p);
ALTER TEXT SEARCH CONFIGURATION come ADD MAPPING FOR asciiword
    WITH template, simple;
CREATE TEXT SEARCH CONFIGURATION parser (PARSER = pg_catalog.default);
ALTER TEXT SEARCH CONFIGURATION parser ADD MAPPING FOR word WITH template;
CREATE TEXT SEARCH CONFIGURATION mapped (PARSER = pg_catalog.default);
ALTER TEXT SEARCH CONFIGURATION mapped ADD MAPPING FOR asciiword
    WITH of_t, english_stem;
ALTER TEXT SEARCH CONFIGURATION mapped ADD MAPPING FOR word WITH of_t;
CREATE INDEX rows_a ON rows USING gin (to_tsvector('search.parser', a));
