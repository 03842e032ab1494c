// Signing with E-IMZO: the program on the official's own machine holds the key, and answers this
// page through a socket of that machine; one socket for each question, one question at a time.
// Without script, or without the program, the envelope is made elsewhere and pasted.

const socket = location.protocol === "https:" ? "wss://127.0.0.1:64443" : "ws://127.0.0.1:64646";

const ask = (question) =>
  new Promise((answered, failed) => {
    const line = new WebSocket(`${socket}/service/cryptapi`);
    line.onopen = () => line.send(JSON.stringify(question));
    line.onerror = () => failed(new Error("away"));
    line.onmessage = (event) => {
      line.close();
      const told = JSON.parse(event.data);
      if (told.success) answered(told);
      else failed(new Error(told.reason || "refused"));
    };
  });

const named = (key) => /(?:^|,)\s*cn=([^,]+)/i.exec(key.alias)?.[1] || key.name;

const base64 = async (address) => {
  const content = new Uint8Array(await (await fetch(address)).arrayBuffer());
  let letters = "";
  for (const each of content) letters += String.fromCharCode(each);
  return btoa(letters);
};

const envelope = async (key, address) => {
  const { keyId } = await ask({
    plugin: "pfx",
    name: "load_key",
    arguments: [key.disk, key.path, key.name, key.alias],
  });
  const document_ = await base64(address);
  const made = await ask({
    plugin: "pkcs7",
    name: "create_pkcs7",
    arguments: [document_, keyId, "no"],
  });
  return made.pkcs7_64;
};

const begin = async (form) => {
  const { dataset, elements } = form;
  if (dataset.key) await ask({ name: "apikey", arguments: [location.hostname, dataset.key] });
  const { certificates } = await ask({ plugin: "pfx", name: "list_all_certificates" });
  const choice = form.querySelector("[data-keys] select");
  choice.replaceChildren(...certificates.map((key, at) => new Option(named(key), at)));
  form.querySelector("[data-keys]").hidden = certificates.length === 0;
  form.querySelector("[data-keys] button").addEventListener("click", async () => {
    const told = form.querySelector("[data-refused]");
    told.hidden = true;
    try {
      elements.envelope.value = await envelope(certificates[choice.value], dataset.signs);
      form.requestSubmit();
    } catch {
      told.hidden = false;
    }
  });
};

for (const form of document.querySelectorAll("form[data-signs]")) {
  begin(form).catch(() => {}); // without the program the page stays as it is
}
