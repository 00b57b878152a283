-- Books as the first schema kept them: a closed order, a confirmed one and an aborted one of one guest.
INSERT INTO restaurant VALUES ('4174244', 'b2d6f5c8-57b7-4a0e-8a6b-3f0d5b2e9a10', 1, 'Пироги да Фрукты на Лесной');
INSERT INTO api_key VALUES ('demo-plazius', 'demo', 1);

-- Given 100.00, of which 30.00 are written off and 20.00 frozen; 3.50 earned.
INSERT INTO guest (id, network_id, phone, first_name, sex, balance_minor, frozen_minor, rank_index, rank_spent_minor,
        rank_since_ms)
    VALUES (1, 1, '+79990001122', 'Иван', 1, 5350, 2000, 1, 57000, 1767225600000);
INSERT INTO privilege VALUES (1, '6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c01', 2, 1), (1, '6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c0f', 0, 0);

INSERT INTO loyalty_order VALUES
    ('46b7c469-d99c-4499-acc7-8ca26ea20001', 'b2d6f5c8-57b7-4a0e-8a6b-3f0d5b2e9a10', 1, 'closed', 'indoor', '{}',
        1767226000000, 1767227000000, 12000, 10000, 2000, 3000, 350, 0),
    ('46b7c469-d99c-4499-acc7-8ca26ea20002', 'b2d6f5c8-57b7-4a0e-8a6b-3f0d5b2e9a10', 1, 'confirmed', 'delivery', '{}',
        1767228000000, NULL, 6000, 4000, 2000, 2000, 100, 0),
    ('46b7c469-d99c-4499-acc7-8ca26ea20003', 'b2d6f5c8-57b7-4a0e-8a6b-3f0d5b2e9a10', NULL, 'aborted', 'indoor', '{}',
        1767229000000, 1767229500000, 5000, 5000, 0, 0, 0, 1000);
INSERT INTO order_line VALUES
    ('46b7c469-d99c-4499-acc7-8ca26ea20001', 0, 'pie', 'Пирог', 'Пироги', 2000, 12000, 12000, 10000, 3000),
    ('46b7c469-d99c-4499-acc7-8ca26ea20002', 0, 'tea', 'Чай', NULL, 1000, 6000, 6000, 4000, 2000),
    ('46b7c469-d99c-4499-acc7-8ca26ea20003', 0, 'tea', 'Чай', NULL, 1000, 5000, 5000, 5000, 0);
-- Both used a gift.
INSERT INTO order_discount VALUES
    ('46b7c469-d99c-4499-acc7-8ca26ea20001', '6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c01', 'Напиток в подарок', 2000, 1),
    ('46b7c469-d99c-4499-acc7-8ca26ea20002', '6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c01', 'Напиток в подарок', 2000, 1);

INSERT INTO bonus_entry VALUES
    (1, 1, NULL, 'grant', 10000, 1767225000000),
    (2, 1, '46b7c469-d99c-4499-acc7-8ca26ea20001', 'write_off', 3000, 1767227000000),
    (3, 1, '46b7c469-d99c-4499-acc7-8ca26ea20001', 'accrual', 350, 1767227000000);
INSERT INTO ledger (at_ms, kind, order_id, guest_id, payment_minor, accrual_minor) VALUES
    (1767225000000, 'granted', NULL, 1, 0, 10000),
    (1767226500000, 'confirmed', '46b7c469-d99c-4499-acc7-8ca26ea20001', 1, 3000, 350),
    (1767227000000, 'closed', '46b7c469-d99c-4499-acc7-8ca26ea20001', 1, 3000, 350),
    (1767228500000, 'confirmed', '46b7c469-d99c-4499-acc7-8ca26ea20002', 1, 2000, 200),
    (1767229100000, 'confirmed', '46b7c469-d99c-4499-acc7-8ca26ea20003', 1, 1000, 200),
    (1767229500000, 'aborted', '46b7c469-d99c-4499-acc7-8ca26ea20003', 1, 1000, 200);
