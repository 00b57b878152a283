//! An element that comes and goes leaves nothing behind.

use serde_json::json;

use crate::element_life::KEEP_MEMORY;
use crate::host::Host;
use crate::stage::Stage;

/// Puts elements in and takes them out again, so many, each once its program runs in it, and the next once everything the
/// last has asked for is answered: how many wait at once, and what that takes, is the network's affair.
const COME_AND_GO: &str = "
    const come = async (times) => {
        for (let time = 0; time < times; time++) {
            const one = document.createElement('loyalty-checkout');
            one.restaurant = 'pirogi';
            const isReady = new Promise((go) => one.addEventListener('loyalty-ready', go, { once: true }));
            document.body.append(one);
            await isReady;
            one.remove();
            while (asked.size) await Promise.allSettled(asked);
            await new Promise((go) => setTimeout(go));
        }
    };
    return come(arguments[0]);
";

/// What a page holds: elements of documents, listeners, bytes of scripts, bytes of the program.
#[derive(Debug)]
struct Held {
    nodes: f64,
    listeners: f64,
    heap: f64,
    program: f64,
}

/// Lets elements come and go. What they leave to the garbage collector it then takes: the program's memory, which never
/// shrinks, would otherwise tell how long the browser has put that off.
async fn come_and_go(stage: &Stage, times: u32) {
    stage.browser.run(COME_AND_GO, vec![json!(times)]).await;
    for _ in 0..3 {
        stage.devtools().call("HeapProfiler.collectGarbage", json!({})).await;
    }
}

async fn held(stage: &Stage) -> Held {
    stage.devtools().call("Performance.enable", json!({})).await;
    let metrics = stage.devtools().call("Performance.getMetrics", json!({})).await;
    let metric = |name: &str| {
        let metrics = metrics["metrics"].as_array().expect("a list of metrics");
        let found = metrics.iter().find(|metric| metric["name"] == name).expect("a metric Chromium has");
        found["value"].as_f64().expect("a number")
    };
    let program = stage.browser.run("return memories[0].buffer.byteLength", Vec::new()).await;
    Held {
        nodes: metric("Nodes"),
        listeners: metric("JSEventListeners"),
        heap: metric("JSHeapUsedSize"),
        program: program.as_f64().expect("a number"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_mounts_leave_nothing_behind() {
    let stage = Host::new(KEEP_MEMORY, "").open().await;
    // What is used once and kept is there after the first of them.
    come_and_go(&stage, 250).await;
    let before = held(&stage).await;
    for _ in 0..4 {
        come_and_go(&stage, 250).await;
    }
    let after = held(&stage).await;
    let seen = format!("before {before:?}, after {after:?}");
    assert!(after.nodes <= before.nodes + 10.0, "{seen}");
    assert!(after.listeners <= before.listeners + 2.0, "{seen}");
    assert!(after.heap <= before.heap + 100_000.0, "less than 100 bytes for each: {seen}");
    assert!(after.program <= before.program, "{seen}");
    assert_eq!(stage.browser.run("return memories.length", Vec::new()).await, json!(1));
    stage.finish().await;
}
