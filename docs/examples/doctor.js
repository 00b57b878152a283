const findings = await document.querySelector("loyalty-checkout").doctor();
for (const { code, severity, message, remedy } of findings) console[severity === "error" ? "error" : "warn"](code, message, remedy);
