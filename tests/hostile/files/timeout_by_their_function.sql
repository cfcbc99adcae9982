-- Harm: waits for locks without end.
-- Rule: guarded_settings

select shop.take_your_time();
