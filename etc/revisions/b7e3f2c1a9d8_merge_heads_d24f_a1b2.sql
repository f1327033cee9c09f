--: revision b7e3f2c1a9d8
--: down-revision d24f9f7e7532 a1b2c3d4e5f6
--: message merge_heads_d24f_a1b2
--: date 2025-08-16T15:20:44Z

--: upgrade

--: downgrade
