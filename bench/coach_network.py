"""The coach's network as it is trained: the first layers of a sentence encoder, and heads on top.

The last layer has one query, the begin mark, so that reading pays a tenth of a whole layer.
`secondstory.blameless.encoder` is the same arithmetic in numpy. A test holds that to the formulas
written out, head by head; the two were not compared in a test, which would need torch.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

HEADS = 12
SIZE = 384
PLACES = 48  # the longest text, in pieces


class Layer(nn.Module):
    """One transformer layer, normalised after each half as in BERT (Devlin et al. 2018)."""

    def __init__(self, inner: int) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(SIZE, SIZE) for _ in range(4))
        self.norm_1, self.norm_2 = nn.LayerNorm(SIZE, eps=1e-12), nn.LayerNorm(SIZE, eps=1e-12)
        self.up, self.down = nn.Linear(SIZE, inner), nn.Linear(inner, SIZE)
        self.drop = nn.Dropout(0.1)

    def forward(self, states: Tensor, mask: Tensor, asking: Tensor) -> Tensor:
        """`states` (texts, pieces, SIZE), `asking` the same or its first piece alone."""
        query, key, value = (_split(f(x)) for f, x in ((self.query, asking), (self.key, states), (self.value, states)))
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask[:, None, None, :])
        mixed = mixed.transpose(1, 2).flatten(2)
        asking = self.norm_1(asking + self.drop(self.out(mixed)))
        inner = self.up(asking)
        return self.norm_2(asking + self.drop(self.down(inner * torch.sigmoid(1.702 * inner))))


class Network(nn.Module):
    """From piece numbers, mask and features to logits: (texts, outputs)."""

    def __init__(self, layers: int, pieces: int, features: int, outputs: int, inner: int) -> None:
        super().__init__()
        self.pieces = nn.Embedding(pieces, SIZE)
        self.places = nn.Embedding(PLACES, SIZE)
        self.norm = nn.LayerNorm(SIZE, eps=1e-12)
        self.layers = nn.ModuleList(Layer(inner) for _ in range(layers))
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(2 * SIZE + features, outputs)

    def pooled(self, numbers: Tensor, mask: Tensor) -> Tensor:
        """What a text comes to: the last layer's begin mark beside the mean of the layer before, (texts, 2 SIZE)."""
        places = self.places.weight[: numbers.shape[1]]
        states = self.drop(self.norm(self.pieces(numbers) + places))
        for layer in self.layers[:-1]:
            states = layer(states, mask, states)
        weights = mask[:, :, None].float()
        mean = (states * weights).sum(1) / weights.sum(1)
        last = self.layers[-1](states, mask, states[:, :1])[:, 0]
        return torch.cat([last, mean], dim=1)

    def forward(self, numbers: Tensor, mask: Tensor, features: Tensor) -> Tensor:
        pooled = functional.dropout(self.pooled(numbers, mask), 0.2, self.training)
        return self.head(torch.cat([pooled, features], dim=1))


def _split(states: Tensor) -> Tensor:
    texts, pieces, _ = states.shape
    return states.view(texts, pieces, HEADS, SIZE // HEADS).transpose(1, 2)


def teach(network: Network, weights: dict[str, Tensor]) -> None:
    """Loads the layers a sentence encoder was trained with; of the inner states the heaviest are kept."""
    with torch.no_grad():
        network.pieces.weight.copy_(weights["embeddings.word_embeddings.weight"])
        kinds = weights["embeddings.token_type_embeddings.weight"][0]
        network.places.weight.copy_(weights["embeddings.position_embeddings.weight"][:PLACES] + kinds)
        _copy(network.norm, weights, "embeddings.LayerNorm")
        for number, layer in enumerate(network.layers):
            _teach_layer(layer, weights, f"encoder.layer.{number}.")


def _teach_layer(layer: Layer, weights: dict[str, Tensor], name: str) -> None:
    for part, called in (("query", "query"), ("key", "key"), ("value", "value")):
        _copy(getattr(layer, part), weights, f"{name}attention.self.{called}")
    _copy(layer.out, weights, f"{name}attention.output.dense")
    _copy(layer.norm_1, weights, f"{name}attention.output.LayerNorm")
    _copy(layer.norm_2, weights, f"{name}output.LayerNorm")
    up, down = weights[f"{name}intermediate.dense.weight"], weights[f"{name}output.dense.weight"]
    heaviest = (up.norm(dim=1) * down.norm(dim=0)).argsort(descending=True)[: layer.up.out_features].sort().values
    layer.up.weight.copy_(up[heaviest])
    layer.up.bias.copy_(weights[f"{name}intermediate.dense.bias"][heaviest])
    layer.down.weight.copy_(down[:, heaviest])
    layer.down.bias.copy_(weights[f"{name}output.dense.bias"])


def _copy(part: nn.Linear | nn.LayerNorm, weights: dict[str, Tensor], name: str) -> None:
    part.weight.copy_(weights[f"{name}.weight"])
    part.bias.copy_(weights[f"{name}.bias"])
