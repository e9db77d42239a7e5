/** First names that sound made up, so that nobody takes a member of the demo for a real person. */
export const FIRST_NAMES: readonly string[] = [
  "Arvo", "Brisa", "Calder", "Dovie", "Elowen", "Fenwick", "Gaia", "Hollis", "Isolde", "Jasper",
  "Kestrel", "Linden", "Maribel", "Nico", "Orla", "Perrin", "Quilla", "Rafe", "Sorrel", "Thaddeus",
  "Umbra", "Vesper", "Wilhelmina", "Xavi", "Yarrow", "Zephyr", "Alondra", "Bram", "Clementine", "Darby",
  "Ember", "Florian", "Greer", "Hazel", "Ignacio", "Juno", "Kit", "Lark", "Mirabel", "Noor",
  "Ottilie", "Paz", "Remy", "Saffron", "Teodora", "Ulric", "Valentia", "Wren", "Ximena", "Yves",
];

export const LAST_NAMES: readonly string[] = [
  "Amberwick", "Birchsong", "Cloverly", "Dapplewood", "Eastmere", "Fernhollow", "Goldfinch", "Heatherby", "Inkwell", "Juniperly",
  "Kettlewell", "Larkspurton", "Mossgrove", "Nettlefield", "Oakhurst-Bell", "Pebbleton", "Quillfeather", "Ravensong", "Silverbrook", "Thistledown",
  "Umberland", "Valecrest", "Willowmere", "Yarrowby", "Zinnwald", "Ashgrove", "Brightwater", "Copperfell", "Dunmarrow", "Everdale",
  "Foxglove", "Greywater", "Honeyfield", "Ironwick", "Jadewater", "Kingsmallow", "Lindenvale", "Marigold", "Northwillow", "Olivares-Luna",
  "Plumridge", "Rosendale", "Sagebrush", "Tamarindo", "Underhill", "Violetta", "Wintergreen", "Yellowtail", "Bellwether", "Crestwood",
];
