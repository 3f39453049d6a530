//! What people meet, row by row: provoked at Meta, met by the product, and explained.

mod rows;
mod table;
mod walk;
