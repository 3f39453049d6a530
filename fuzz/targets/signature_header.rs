#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| attache_fuzz::signature_header(data));
