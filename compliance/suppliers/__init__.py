"""Step 1, suppliers: who is assessed, under which contract, and on which days somebody has to act."""
