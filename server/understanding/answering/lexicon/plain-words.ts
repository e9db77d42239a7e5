/** Words that say nothing of what is asked. Compared by stem. */
export const PLAIN_WORDS = `
a an the is are am was were be been being do does did doing done have has had having can could would will should may might must shall i im ive id ill me my mine
you your youre yours we us our ours were theyre it its they them their he she his him her hers this that these those there theres here what whats which who whos why how
hows when where to of in on at for from with without by about as into onto out off up down over under than then so and or but if not no nope yes any some also just
only really very too even still ever never again more most much many lot lots plus please pls thanks thank thx hi hello hey yo sup yall u ur r n w ya ok okay sure hmm um
uh oh lol omg btw fyi idk tbh gonna wanna gotta kinda like well anyway actually maybe perhaps probably basically honestly quick quickly question ask asking wondering wonder curious know knew
tell told say said see saw seen look looking looked seems seem think thought thinking guess hope hoping want wants wanted need needs needed got get gets getting gotten give gives
gave take takes took taking taken make makes made making go goes going gone went come comes coming came do put puts set sets let lets use uses used using work works working
worked try tries tried trying help helps helped find finds found show shows showing keep keeps bring brings bringing start starts happen happens happened happening mean means meant matter
possible possibly able allowed allow ok fine alright cool good great nice bad right wrong real real big small little new old first second next last same different other others another
one ones two thing things stuff something anything nothing everything somewhere anywhere place places way ways kind kinds sort type types bit part rest while during after before until till til
since between around through because cuz bc cause though although however whether either neither each every per both few own gym gyms club clubs studio facility guys team yalls
there's i'm it's don't dont doesn't doesnt didn't didnt can't cant won't wont isn't isnt aren't arent wasnt wouldnt couldnt shouldnt havent hasnt gotcha now right away soon currently
available availability option options offer offers offering provide provided info information details detail policy policies required require requirement requirements mandatory necessary requires permitted ok'd
hear heard read live lives living near nearby area town city local visiting visit visits visited travel traveling summer winter spring fall vacation trip weekend's usually normally typically regular regularly always
sometimes already yet instead rather once twice thrice lets mind love loved hate hated wish wished excited interested interest considering planning plan's thinking debating deciding decide decided
workout work-out exercise exercising train training trains lift lifting lifts working gym's fitness fit session's sesh body shape
wondering y de la el los las un una unos unas que como cuando donde cual cuales quien por para con sin en al del lo le les se me mi mis tu tus su sus es son esta estan estoy hay haber tengo tiene tienen
tenemos tener puedo puede pueden podemos poder quiero quiere queremos quisiera necesito necesita hola gracias favor buenos buenas dias tardes noches si no ya muy mas menos tambien o u a e ustedes usted nosotros yo ella el
saber dice hacer hago hacen hace ir voy va vamos llegar estar ser era algo alguien todo todos toda todas mucho mucha este esta esto ese esa eso desde hasta gimnasio gym club sobre pero porque usar uso entonces ahora cada sola
turn turns turned point check feel feels friendly friend's end ends ending couple's middle sometime anymore otherwise totally super pretty super whatever whenever wherever however regardless especially exactly
hour's ask asked asks answer answers confirm confirmed understand clarify note noticed remember remind reminded forgot's supposed supposedly said says saying understood online person's people's today's folks' dude man bro sir maam miss girl
run runs running ran stay staying sit stand standing walk walking drive driving live sit hang hanging drop hold's spend spending stop stops stopping play plays playing playin played hit hitting hits enjoy fun
throw grab grabbing catch head heading swing's bother cover covers covered count counts deal handle figure fix fixed send sent leave left leaves leaving call's back front side top bottom inside outside
us them whichever whose whoever ah aw yeah yep nah hm huh wait okay alright hahaha haha welp jeez damn crap heck
outta thingy ago yesterday direct directly home along snap school building state wise hand hands knee empty room yesterday kick wet dry bring brought carry carrying pack packed sister's week's rn tmrw tmw asap soon sooner later
mia mio suyo verano invierno entrenar sala lugar parte cosa cosas tipo vez veces dar doy dan pasa paso mejor siempre nunca nadie nada poco poca antes despues durante entre hijo's
hell dang super kinda sorta legit literally apparently guessing assume assuming figured noticed noticing reckon heya howdy hiya greetings morning's evening's yes'm appreciate appreciated cheers ta
face body arm leg head eye mouth life world country street's house apartment office's door's corner side end middle start top next past current recent recently upcoming following previous prior
big large small tiny huge short tall wide heavy light full half whole entire half single double triple couple pair few several dozen ton tons bunch plenty enough less least fewer
hot cool nice fancy decent solid proper official officially legal legally safe serious seriously true false certain definitely absolutely obviously clearly simply
talk talking speak speaking chat chatting meet meeting met join's text's texting write writing wrote read reading send sending reply replying respond
believe suppose supposed prefer rather fan into feel feeling felt sound sounds smell smells taste tastes notice expect expected expecting pick picking picked choose chose chosen choosing
wake woke sleep sleeping eat's drink's bathe wash dress's sweat sweating sweaty tired sore busy's free's bored lazy nervous scared shy embarrassed worried
open's closes allow allows allowing let's letting force forced forcing avoid avoiding skip's prevent
husband's wife's kid's mom's dad's birthday's
became become becomes becoming changed changes changing change switch switching switched move's update updated updates
account sorry number human ppl list wk persona dinero thru cut thre link ring round watch push dear report auto high add service accept process best period practice traffic bump straight word else screen seat ten six twenty thirty usual tho hubby bf gf fill better community idea clock road er mid game games computer reach plaza pin connect notification longer lobby program hard adult adjustable handful minimum cutoff range space buddies outing morning's stuck traffic
weather's joy paper request crazy weeknight fast young honest partnership urgent floor upper ratio grown metal timer electric normal finish halfway safety score grad runner button ready purpose seat ready mouth window glass bag mostly ideal ideally somehow map reading effective
ahorita ahi ayer habla hablar porfa algun bien mejor alguna nueva nuevo barato todavia gustaria dura otro ultima ningun ninguna diferencia aqui alla asi sino
today's tomorrow's tonight's yesterday's
actual exact exactly specific specifically general generally particular particularly common commonly
min's step steps close's closest nearest far farther away apart across around toward towards above below under behind beyond
`;
