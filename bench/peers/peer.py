"""The methods of the benchmark as a PyTorch user would write them: batched, frozen weights, no needless work.

A child process of the benchmark. Reads lines "method output-file" and answers each with the wall time in milliseconds; the
result goes into the file as raw float32, so that both sides are known to compute the same thing.
"""
import argparse
import json
import math
import sys
import time

import numpy
import torch
import torch.nn.functional as F

STEPS, WINDOW = 50, 16


def read_safetensors(path):
    header_size = int.from_bytes(open(path, "rb").read(8), "little")
    header = json.loads(numpy.fromfile(path, numpy.uint8, header_size, offset=8).tobytes())
    data = numpy.memmap(path, numpy.uint8, "c", 8 + header_size)
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__" or not name.startswith(("vision_model.", "visual_projection.", "logit_scale")):
            continue
        begin, end = entry["data_offsets"]
        tensors[name] = torch.from_numpy(data[begin:end].view(numpy.float32).reshape(entry["shape"])).clone()
    return tensors


class Vision:
    """CLIP's image tower in the names of its Hugging Face checkpoint."""

    def __init__(self, folder):
        self.w = read_safetensors(folder + "/model.safetensors")
        config = json.load(open(folder + "/config.json"))["vision_config"]
        self.layers, self.heads = config["num_hidden_layers"], config["num_attention_heads"]
        self.patch = config["patch_size"]
        for l in range(self.layers):  # one product for query, key and value, as torch.nn.MultiheadAttention has it
            a = f"vision_model.encoder.layers.{l}.self_attn."
            self.w[a + "qkv.weight"] = torch.cat([self.w.pop(f"{a}{p}_proj.weight") for p in "qkv"])
            self.w[a + "qkv.bias"] = torch.cat([self.w.pop(f"{a}{p}_proj.bias") for p in "qkv"])

    def linear(self, x, name):
        return F.linear(x, self.w[name + ".weight"], self.w.get(name + ".bias"))

    def norm(self, x, name):
        return F.layer_norm(x, x.shape[-1:], self.w[name + ".weight"], self.w[name + ".bias"], 1e-5)

    def attention(self, x, name):
        b, n, d = x.shape
        q, k, v = self.linear(x, name + "qkv").view(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        weights = torch.softmax((q * (d // self.heads) ** -0.5) @ k.transpose(-1, -2), -1)
        return self.linear((weights @ v).transpose(1, 2).reshape(b, n, d), name + "out_proj")

    def __call__(self, pixels):
        v = "vision_model."
        x = F.conv2d(pixels, self.w[v + "embeddings.patch_embedding.weight"], stride=self.patch).flatten(2).transpose(1, 2)
        x = torch.cat([self.w[v + "embeddings.class_embedding"].expand(x.shape[0], 1, -1), x], 1)
        x = self.norm(x + self.w[v + "embeddings.position_embedding.weight"], v + "pre_layrnorm")
        for l in range(self.layers):
            p = f"{v}encoder.layers.{l}."
            x = x + self.attention(self.norm(x, p + "layer_norm1"), p + "self_attn.")
            h = self.linear(self.norm(x, p + "layer_norm2"), p + "mlp.fc1")
            x = x + self.linear(h * torch.sigmoid(1.702 * h), p + "mlp.fc2")
        return self.linear(self.norm(x[:, 0], v + "post_layernorm"), "visual_projection")


class Methods:
    def __init__(self, model, pixels, text, batch):
        self.model, self.pixels, self.batch = model, pixels, batch
        self.text = F.normalize(text, dim=-1)

    def score(self, pixels):
        return F.normalize(self.model(pixels), dim=-1) @ self.text

    def gradient(self, pixels):
        pixels = pixels.requires_grad_()
        return torch.autograd.grad(self.score(pixels).sum(), pixels)[0]

    def forward(self):
        with torch.inference_mode():
            return self.model(self.pixels)

    def saliency(self):
        return self.gradient(self.pixels.clone()).abs().amax(1)

    def integrated_gradients(self):
        nodes, weights = numpy.polynomial.legendre.leggauss(STEPS)
        alphas = torch.from_numpy((nodes + 1) / 2).float().view(-1, 1, 1, 1)
        weights = torch.from_numpy(weights / 2).float().view(-1, 1, 1, 1)
        total = torch.zeros_like(self.pixels)
        for a, w in zip(alphas.split(self.batch), weights.split(self.batch)):
            total += (self.gradient(a * self.pixels) * w).sum(0, keepdim=True)
        return (total * self.pixels).sum(1)

    def occlusion(self):
        side = self.pixels.shape[-1] // WINDOW
        with torch.inference_mode():
            plain = self.score(self.pixels)
            drops = []
            for part in torch.arange(side * side).split(self.batch):
                images = self.pixels.repeat(len(part), 1, 1, 1)
                for image, i in zip(images, part.tolist()):
                    y, x = i // side * WINDOW, i % side * WINDOW
                    image[:, y:y + WINDOW, x:x + WINDOW] = 0
                drops.append(plain - self.score(images))
            drops = torch.cat(drops).view(1, 1, side, side)
            return F.interpolate(drops, scale_factor=WINDOW, mode="nearest")[0]


def blas():
    """The library behind matrix products: with Debian's reference BLAS, PyTorch is ten times slower than it need be."""
    with open("/proc/self/maps") as maps:
        loaded = maps.read()
    return next((name for name in ("openblas", "mkl_rt", "blis") if name in loaded), "reference BLAS: install libopenblas0-pthread for a fair comparison")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--model", required=True)
    arguments.add_argument("--pixels", required=True)
    arguments.add_argument("--text", required=True)
    arguments.add_argument("--threads", type=int, required=True)
    arguments.add_argument("--batch", type=int, required=True)
    a = arguments.parse_args()
    torch.set_num_threads(a.threads)
    pixels = torch.from_numpy(numpy.fromfile(a.pixels, numpy.float32))
    side = math.isqrt(pixels.numel() // 3)
    methods = Methods(Vision(a.model), pixels.view(1, 3, side, side), torch.from_numpy(numpy.fromfile(a.text, numpy.float32)), a.batch)
    torch.rand(64, 64) @ torch.rand(64, 64)
    print(f"torch {torch.__version__} with {blas()}", flush=True)
    for line in sys.stdin:
        name, output = line.rstrip("\n").split(" ", 1)
        begin = time.perf_counter()
        result = getattr(methods, name)()
        elapsed = time.perf_counter() - begin
        result.detach().numpy().astype(numpy.float32).tofile(output)
        print(f"{elapsed * 1000:.3f}", flush=True)


main()
