//! A small load; `cargo xtask load` makes the large one.

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn none_is_lost_and_none_is_mixed_up() {
    let report = sdk_tests::load::run(2_000, 64).await.unwrap();
    assert!(report.is_clean(), "{report}");
    assert!(report.faults >= 200, "{report}");
    assert!(report.answered > 1_800, "{report}");
}
