//! A scenario that is open on a page: what is set, what was simulated of it so far.
