-- The number is another branch's; its file takes this one's place when both meet.
SELECT 1;
