--: since 180000
--: expect publication generated_pub: generated_columns
--: left
CREATE PUBLICATION generated_pub;
--: right
CREATE PUBLICATION generated_pub WITH (publish_generated_columns = stored);
