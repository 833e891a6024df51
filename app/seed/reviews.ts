/** Words of buyers for the demo shop: details that fit a kind of goods, and what people say around them. */
import type { Pair } from './catalogue/shapes.ts';

/** First names that write in English, and that write in Chinese. */
export const WRITERS: Pair[] = [
  ['Amelia R.', '林小鹿'], ['Tomás', '陈一舟'], ['Priya N.', '阿禾'], ['Jonas', '周末不加班'], ['Freya L.', '王大可'], ['Marcus', '苏木'],
  ['Nadia', '许愿池'], ['Oliver T.', '赵小满'], ['Ingrid', '江南雨'], ['Sam', '豆包妈妈'], ['Yuki', '老周'], ['Hannah B.', '桃子'],
  ['Diego', '小鱼干'], ['Clara', '孙悦'], ['Ben W.', '半糖'], ['Leila', '北方以北'], ['Noah', '程程'], ['Elena V.', '一只鹤'],
];

/** Titles by stars. */
export const TITLES: Record<3 | 4 | 5, readonly Pair[]> = {
  5: [
    ['Would buy again', '会回购'], ['Better than the picture', '比图片更好'], ['Exactly right', '刚刚好'], ['A small joy', '小小的快乐'],
    ['My new favourite', '新晋心头好'], ['Worth every cent', '物有所值'], ['So glad I found this', '还好遇见它'],
  ],
  4: [['Very good, nearly perfect', '很好，差一点完美'], ['Solid', '靠谱'], ['Happy with it', '满意'], ['Does what it says', '说到做到']],
  3: [['Fine, with a but', '还行，有个小遗憾'], ['It is all right', '中规中矩']],
};

/** What people add at the end. */
export const CLOSINGS: Record<3 | 4 | 5, readonly Pair[]> = {
  5: [
    ['Arrived two days early, too.', '还提前两天到货。'], ['I have already ordered a second one for my sister.', '已经给妹妹又下了一单。'],
    ['Nothing to complain about, and I usually find something.', '我一向挑剔，这次真没什么可挑的。'],
    ['Friends keep asking where it is from.', '朋友来家里都问在哪买的。'], ['Ordered for the third time, pleased every time.', '第三次下单了，每次都很开心。'],
    ['Packed with care and without plastic.', '包装用心，还没有塑料。'],
  ],
  4: [
    ['One star less because delivery took a week.', '扣一星，因为快递走了一周。'], ['The colour is a touch darker than on my screen.', '颜色比屏幕上略深一点。'],
    ['Customer service answered within the hour.', '客服一小时内就回复了。'], ['A little dearer than I had hoped.', '比我预想的贵一点点。'],
  ],
  3: [['I am keeping it, but I had expected a little more.', '会留着，只是期待更高一些。'], ['The exchange was easy, I will say that.', '换货倒是很方便，这点要夸。']],
};

/** What people notice, by kind of goods; the last of each is a criticism. */
export const DETAILS: Record<string, readonly Pair[]> = {
  clothes: [
    ['The fabric feels far more expensive than it is.', '面料手感远超这个价位。'], ['Washed it six times and it still looks new.', '洗了六次还像新的。'],
    ['Fits as described; the size guide is honest.', '尺码准，尺码表很诚实。'], ['I wore it to work and to a wedding in the same week.', '同一周穿去上班又穿去婚礼。'],
    ['Runs a little large, so take one size down.', '略微偏大，建议选小一码。'],
  ],
  shoes: [
    ['No blisters, not even on the first long day.', '第一天走很久也没磨脚。'], ['Light on the foot and steady on wet stone.', '脚感轻，湿滑石板上也稳。'],
    ['Walked through a whole city weekend without thinking of my feet.', '逛了一整个周末，完全没想起脚来。'], ['The sole has hardly worn after two hundred kilometres.', '走了两百公里，鞋底几乎没磨损。'],
    ['Needed a week to break in.', '磨合了一周才舒服。'],
  ],
  bags: [
    ['Swallows more than its size suggests.', '看着不大，装得超多。'], ['The zips run like on the first day.', '拉链还像第一天那样顺。'],
    ['Sits well on the shoulder, even when it is heavy.', '再重背着也舒服。'], ['Survived a rainstorm and a toddler.', '经受住了暴雨和小朋友。'],
    ['I would have liked one more pocket inside.', '里面再多一个口袋就好了。'],
  ],
  jewellery: [
    ['Delicate but not fragile; I never take it off.', '精致却不娇气，戴上就没摘过。'], ['It catches the light beautifully.', '光一照，真的很美。'],
    ['My mother cried a little, in a good way.', '妈妈收到时红了眼眶，是开心的那种。'], ['No reaction on my sensitive skin.', '敏感皮肤也没有任何不适。'],
    ['Smaller than I had imagined.', '比想象中小一些。'],
  ],
  tech: [
    ['Set up in five minutes, without an account.', '五分钟搞定，还不用注册。'], ['Does one thing, and does it properly.', '只做一件事，做得很到位。'],
    ['Feels solid, nothing creaks.', '做工扎实，没有异响。'], ['My father, 78, uses it without calling me.', '78 岁的老爸自己就能用，不用打电话问我。'],
    ['The manual could explain the second button.', '说明书没讲清第二个按键。'],
  ],
  home: [
    ['The room looks finished now.', '有了它，房间终于完整了。'], ['Heavier and better made than I expected.', '比想象的更有分量，做工更好。'],
    ['Guests notice it before they notice me.', '客人先看到它，再看到我。'], ['Warm, calm, and it goes with everything.', '温暖安静，怎么搭都合适。'],
    ['The box was larger than it needed to be.', '包装盒大得有点夸张。'],
  ],
  kitchen: [
    ['Used every single day since it came.', '到货之后每天都在用。'], ['Easy to clean, which decides everything.', '好洗，这就决定了一切。'],
    ['Sits well in the hand and looks good on the table.', '拿着顺手，摆着好看。'], ['Dinner looks better with it, and so do I.', '有它，晚饭看着都更香。'],
    ['A little heavier than I had thought.', '比想的略重一点。'],
  ],
  food: [
    ['Gone in one evening; we meant to share.', '一晚上就没了，本来打算分着吃的。'], ['You can taste that it is fresh.', '吃得出来是新鲜的。'],
    ['The whole family agreed, which is rare.', '全家意见一致，难得。'], ['Reminds me of my grandmother’s kitchen.', '让我想起外婆的厨房。'],
    ['I wish the pack were bigger.', '分量再大一点就好了。'],
  ],
  sport: [
    ['Held up through a wet weekend in the hills.', '山里下了一周末的雨，毫无问题。'], ['Light enough that I forget it is in the pack.', '轻到忘了包里有它。'],
    ['The children have not been indoors since.', '有了它，孩子们再没待在屋里过。'], ['Good grip, even with cold hands.', '手冻僵了也抓得稳。'],
    ['The carrying bag could be sturdier.', '收纳袋可以再结实点。'],
  ],
  toys: [
    ['Comes to bed, to nursery and to the dentist.', '上床、上幼儿园、看牙都带着。'], ['Quiet company on long drives.', '长途坐车的安静伙伴。'],
    ['Survived the washing machine and the dog.', '经受住了洗衣机和狗的考验。'], ['No sharp edges, no loud noises: thank you.', '没有尖角，没有噪音，感谢。'],
    ['The box was a little dented.', '盒子有点压痕。'],
  ],
  stationery: [
    ['Simple, solid, and somehow it makes Mondays better.', '简单扎实，连周一都变好了一点。'], ['I gave one away and regretted it.', '送出去一个就后悔了。'],
    ['Bought one, came back for five.', '先买一个，又回来买了五个。'], ['My desk looks like a tidier person’s now.', '书桌像换了个爱整洁的主人。'],
    ['Smaller than I had pictured it.', '比想象中小一点。'],
  ],
  music: [
    ['I look forward to practising again.', '又开始期待练习了。'], ['My teacher asked to try it, and smiled.', '老师借去试了一下，笑了。'],
    ['Far better than it needs to be at this price.', '这个价位，好得超出预期。'], ['Ready to use straight from the box.', '开箱就能用。'],
    ['The packaging was a little tight.', '包装略紧。'],
  ],
  plants: [
    ['Arrived upright, moist and without a broken leaf.', '到货时挺立湿润，一片叶子没断。'], ['Two new leaves already.', '已经长出两片新叶。'],
    ['The scent fills the hall.', '香味飘满玄关。'], ['Even I have not managed to kill it.', '连我都没能养死它。'],
    ['Smaller than on the picture, but growing.', '比图上小，不过在长。'],
  ],
  tools: [
    ['Feels like the ones my grandfather had.', '手感像爷爷那套老工具。'], ['Built a whole shelf with it, no slips.', '用它做了个书架，一次没打滑。'],
    ['Keeps its promise.', '说到做到。'], ['Balanced so well that work goes faster.', '配重好，干活都快了。'],
    ['A hook to hang it would be nice.', '要是带个挂孔就好了。'],
  ],
  craft: [
    ['Everything neatly sorted, nothing missing.', '摆放整齐，一件不少。'], ['The colours look the same by day and by lamp.', '日光灯光下颜色都一样。'],
    ['Exactly what my sewing box needed.', '正是我针线盒里缺的。'], ['The video helped a beginner like me.', '视频对我这种新手很有帮助。'],
    ['I should have ordered two.', '早知道买两份。'],
  ],
  pets: [
    ['The cat approved, which settles it.', '猫主子点头了，那就没话说。'], ['Still in one piece after a month, which says a lot in our house.', '一个月了还完好，在我家已是奇迹。'],
    ['Tail wagging before the parcel was open.', '包裹还没拆，尾巴就摇起来了。'], ['Easy to wash and quick to dry.', '好洗易干。'],
    ['Measure first; ours is between two sizes.', '先量尺寸，我家的正好卡在两码中间。'],
  ],
  beauty: [
    ['Feels like a small luxury every morning.', '每天早晨的小奢侈。'], ['Lasts far longer than I expected.', '比想象的耐用很多。'],
    ['My sister has already borrowed it twice.', '姐姐已经借走两次了。'], ['Simple and good, as it should be.', '简单好用，本该如此。'],
    ['A little smaller than expected.', '比预想的小一点。'],
  ],
  extras: [
    ['Goes with everything I own.', '和我所有衣服都搭。'], ['Bought it as a present, then one for myself.', '本来送人，又给自己买了一件。'],
    ['Light, well made, and it has survived my handbag.', '轻巧结实，在我包里活下来了。'], ['I get asked about it on the train.', '坐地铁时有人问我在哪买的。'],
    ['I wish there were more to choose from.', '希望款式再多一点。'],
  ],
  health: [
    ['Does its job without fuss.', '安安静静把事做好。'], ['Clear instructions, even for my grandmother.', '说明清楚，奶奶也看得懂。'],
    ['Good to have in the house.', '家里备着很安心。'], ['Better made than the one from round the corner.', '做工比街角买的那个好。'],
    ['Took a few days to get used to.', '用了几天才习惯。'],
  ],
  games: [
    ['Kept three generations busy all Sunday.', '三代人玩了一整个周日。'], ['The first present they did not put aside.', '第一份没被扔到一边的礼物。'],
    ['Well made, well explained, no tears.', '做工好、说明清楚、没人哭。'], ['We have had it out every evening since.', '之后每晚都拿出来玩。'],
    ['The box was a little dented.', '盒子有点压痕。'],
  ],
};
