-- Whoever sweeps what is left lying opens the connection before the effect is said to be under way.
grant select ("connectionId") on "Effect" to spotter_system;
