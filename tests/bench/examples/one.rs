use sdk_bench::{callers::*, server};
fn main() {
    let a: Vec<String> = std::env::args().collect();
    if a[1] == "serve" {
        let rt = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        rt.block_on(server::serve()).unwrap();
        return;
    }
    let n: usize = a[2].parse().unwrap();
    let rt = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let url = a[3].clone();
    rt.block_on(async move {
        tokio::spawn(async move {
            match a[1].as_str() {
                "sdk" => {
                    let mut c = Sdk::open(&url).await.unwrap();
                    for _ in 0..n {
                        c.call().await.unwrap();
                    }
                }
                "hand" => {
                    let mut c = ByHand::open(&url).await.unwrap();
                    for _ in 0..n {
                        c.call().await.unwrap();
                    }
                }
                _ => {}
            }
        })
        .await
        .unwrap()
    });
}
